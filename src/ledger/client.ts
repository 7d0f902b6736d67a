import { again } from "../lib/again";
import type { Ctx } from "../lib/ctx";
import { within } from "../lib/deadline";
import { AppError } from "../lib/errors";
import { inJurisdiction } from "../lib/jurisdiction";
import type { Answer } from "./answer";
import type { CampaignLedger } from "./ledger";

/** A campaign's only writer, placed as close to the database as possible. */
const ledgerOf = ({ env }: Pick<Ctx, "env">, campaignId: number) =>
  inJurisdiction(env, env.LEDGER as DurableObjectNamespace<CampaignLedger>).getByName(String(campaignId), {
    locationHint: env.D1_REGION as DurableObjectLocationHint,
  });

/** The maximum number of attempts. A restarted ledger is available again within moments. */
const ATTEMPTS_MAX = 3;

/** A ledger gives up after 8 s of waiting and 8 s of committing. After that, no answer will come. */
const DEADLINE_MS = 20_000;
const outOfReach = (cause?: unknown) =>
  new AppError("overloaded", "The campaign cannot be reached right now. Try again.", { cause });

type Ask<T> = (ledger: DurableObjectStub<CampaignLedger>) => Promise<Answer<T>>;

/**
 * Calls the campaign's ledger and adds its database usage to the request's. A lost call is repeated, which is safe
 * because items have IDs. Turn `repeat` off if a second call would return a different answer.
 * @throws the ledger's refusal; 503 if it is overloaded or unreachable
 */
export async function askLedger<T>(
  ctx: Pick<Ctx, "db" | "env">,
  campaignId: number,
  ask: Ask<T>,
  { repeat = true } = {},
): Promise<T> {
  let answer: Answer<T>;
  try {
    // A stub cannot be used again after a failure.
    const asked = again(() => ask(ledgerOf(ctx, campaignId)), {
      tries: repeat ? ATTEMPTS_MAX : 1,
      isWorth: isWorthRepeating,
    });
    answer = await within(DEADLINE_MS, asked, outOfReach);
  } catch (error) {
    throw outOfReach(error);
  }
  ctx.db.adopt(answer.bookmark, answer.meter);
  if (!answer.ok) throw new AppError(answer.code, answer.message, { retryAfter: answer.retryAfter });
  return answer.value;
}

/** Based on the runtime's error flags. An overloaded ledger must not get more calls. */
const isWorthRepeating = (error: unknown) =>
  error instanceof Error &&
  "retryable" in error &&
  error.retryable === true &&
  !("overloaded" in error && error.overloaded);

/** Sends the campaign's ledger a hint that changes no data. Failures are ignored, because nothing depends on it. */
export const withLedger = async (
  ctx: Pick<Ctx, "env">,
  campaignId: number,
  tell: (ledger: DurableObjectStub<CampaignLedger>) => Promise<void>,
): Promise<void> => tell(ledgerOf(ctx, campaignId)).catch(() => undefined);

/** Deletes what the ledger stores for a deleted campaign. */
export async function forgetLedger(ctx: Ctx, campaignId: number): Promise<void> {
  await ledgerOf(ctx, campaignId).forget();
}
