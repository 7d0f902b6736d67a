import { askLedger } from "../../ledger/client";
import type { Participant } from "../../ledger/participant-schema";
import { readCode } from "../../ledger/referral-code";
import { newEventId } from "../../lib/crypto";
import type { MemberCtx } from "../../lib/ctx";
import { AppError, invalid } from "../../lib/errors";
import { signUpBasic, signUpReferred } from "../../participants/signups/signup";
import type { NewPersonForm } from "./participant-forms";
import * as store from "./participant-list-store";

/**
 * Gives several people a status, through their campaigns' ledgers. Whoever is not the account's, or not the campaign's where one is
 * named, is left aside.
 */
export async function changeStatuses(
  ctx: MemberCtx,
  ids: number[],
  status: Participant["status"],
  campaign_id?: number,
): Promise<void> {
  const [found] = await ctx.db.batch([store.campaignsOf(ctx.db, ctx.actor.memberId, ids)]);
  const rows = found.filter((row) => campaign_id === undefined || row.campaign_id === campaign_id);
  for (const [campaignId, people] of Map.groupBy(rows, (row) => row.campaign_id)) {
    const items = people.map((row) => ({
      kind: "status" as const,
      id: newEventId(ctx.now()),
      at: ctx.now().getTime(),
      origin: ctx.origin,
      participant_id: row.id,
      status,
    }));
    await askLedger(ctx, campaignId, (ledger) => ledger.changeStatuses(items));
  }
}

/**
 * Signs somebody up by hand, by a friend's code or without. @returns his id.
 * @throws what the signups throw, and 400 for the code of another campaign.
 */
export async function addPerson(ctx: MemberCtx, campaign_id: number, input: NewPersonForm): Promise<number> {
  const { referral_code, ...person } = input;
  if (!referral_code) return (await signUpBasic(ctx, { ...person, campaign_id })).id;
  const referral = await readCode(ctx.env, referral_code);
  if (referral.campaign_id !== campaign_id) throw invalid("referral_code", "This code is of another campaign.");
  const answer = await signUpReferred(ctx, { ...person, referral_code, ip_address: null });
  if (!answer.attributed) throw new AppError("already_signed_up");
  return answer.id;
}
