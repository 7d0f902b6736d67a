import type { Ctx } from "../lib/ctx";
import { within } from "../lib/deadline";
import { AppError } from "../lib/errors";
import type { Answer, CampaignLedger } from "./ledger";

/** The one writer of a campaign, as near to the database as it can be. */
const ledgerOf = (ctx: Pick<Ctx, "env">, campaignId: number) =>
  (ctx.env.LEDGER as DurableObjectNamespace<CampaignLedger>).getByName(String(campaignId), {
    locationHint: ctx.env.D1_REGION as DurableObjectLocationHint,
  });

/** A ledger that was restarted is there again in a moment: it is asked again, so many times in all. */
const ATTEMPTS_MAX = 3;
const FIRST_PAUSE_MS = 20;

/** A ledger gives up after 8 s of waiting and 8 s of committing: from one that is silent for longer no answer will come. */
const DEADLINE_MS = 20_000;
const outOfReach = (cause?: unknown) =>
  new AppError("overloaded", "The campaign cannot be reached right now. Try again.", { cause });

type Ask<T> = (ledger: DurableObjectStub<CampaignLedger>) => Promise<Answer<T>>;

/**
 * Calls the campaign's ledger and takes its account of the database's work into the request's. A call that was lost on its way is
 * made again, which items allow by their ids: `repeat` is off where the second answer would be another than the first.
 * @throws what the ledger refused with; 503 when it is overloaded or out of reach.
 */
export async function askLedger<T>(
  ctx: Pick<Ctx, "db" | "env">,
  campaignId: number,
  ask: Ask<T>,
  { repeat = true } = {},
): Promise<T> {
  let answer: Answer<T>;
  try {
    answer = await within(DEADLINE_MS, asked(ctx, campaignId, ask, repeat ? ATTEMPTS_MAX : 1), outOfReach);
  } catch (error) {
    throw outOfReach(error);
  }
  ctx.db.adopt(answer.bookmark, answer.meter);
  if (!answer.ok) throw new AppError(answer.code, answer.message, { retryAfter: answer.retryAfter });
  return answer.value;
}

async function asked<T>(ctx: Pick<Ctx, "env">, campaignId: number, ask: Ask<T>, attempts: number): Promise<Answer<T>> {
  for (let attempt = 1; ; attempt++) {
    try {
      // A stub is of no use once it failed.
      return await ask(ledgerOf(ctx, campaignId));
    } catch (error) {
      if (attempt >= attempts || !isWorthRepeating(error)) throw error;
      await scheduler.wait(FIRST_PAUSE_MS * 4 ** (attempt - 1) * (0.5 + Math.random()));
    }
  }
}

/** What the runtime says of a failed call: an overloaded ledger is not helped by more of them. */
const isWorthRepeating = (error: unknown) =>
  error instanceof Error &&
  "retryable" in error &&
  error.retryable === true &&
  !("overloaded" in error && error.overloaded);

/** Drops what the ledger keeps of a campaign that is gone. */
export async function forgetLedger(ctx: Ctx, campaignId: number): Promise<void> {
  await ledgerOf(ctx, campaignId).forget();
}
