import type { Ctx } from "../ctx";
import { within } from "../lib/deadline";
import { AppError } from "../lib/errors";
import type { Answer, CampaignLedger } from "./ledger";

/** The one writer of a campaign, as near to the database as it can be. */
export const ledgerOf = (ctx: Pick<Ctx, "env">, campaignId: number) =>
  ctx.env.LEDGER.getByName(String(campaignId), { locationHint: ctx.env.D1_REGION as DurableObjectLocationHint });

/** A ledger gives up after 8 s of waiting and 8 s of committing: from one that is silent for longer no answer will come. */
const DEADLINE_MS = 20_000;
const outOfReach = (cause?: unknown) =>
  new AppError("overloaded", "The campaign is out of reach at the moment. Please try again.", { cause });

/**
 * Calls the campaign's ledger and takes its account of the database's work into the request's.
 * @throws what the ledger refused with; 503 when it is overloaded or out of reach.
 */
export async function askLedger<T>(
  ctx: Ctx,
  campaignId: number,
  ask: (ledger: DurableObjectStub<CampaignLedger>) => Promise<Answer<T>>,
): Promise<T> {
  let answer: Answer<T>;
  try {
    answer = await within(DEADLINE_MS, ask(ledgerOf(ctx, campaignId)), outOfReach);
  } catch (error) {
    throw outOfReach(error);
  }
  ctx.db.adopt(answer.bookmark, answer.meter);
  if (!answer.ok) throw new AppError(answer.code, answer.message, { retryAfter: answer.retryAfter });
  return answer.value;
}

/** Drops what the ledger keeps of a campaign that is gone. */
export async function forgetLedger(ctx: Ctx, campaignId: number): Promise<void> {
  await ledgerOf(ctx, campaignId).forget();
}
