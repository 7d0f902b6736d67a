import type { RewardRow } from "../../../drizzle/schema";
import { toReward } from "../../ledger/earned-reward";
import { DIRECT, referralCode, shareUrl } from "../../ledger/referral-code";
import { Reward } from "../../ledger/reward-schema";
import type { Env } from "../../lib/env";
import type { Told } from "./delivery-store";

/**
 * The body of an event: `{type, timestamp, livemode, data}`. Events store only the participant's ID; their data is looked up when
 * the event is sent, so an erased participant's data is never sent.
 */
export async function bodyOf(env: Env, event: Told): Promise<string> {
  const { type, date, is_test } = event;
  return JSON.stringify({ type, timestamp: date.toISOString(), livemode: !is_test, data: await dataOf(env, event) });
}

/** The origin of the request that caused the event. Share links in the body use it. */
export const originOf = (env: Env, facts: Told["facts"]) =>
  typeof facts.origin === "string" ? facts.origin : env.PUBLIC_URL;

async function dataOf(env: Env, event: Told): Promise<Record<string, unknown>> {
  const { origin: _, ...facts } = event.facts;
  switch (event.type) {
    case "participant.signup":
    case "participant.attributed":
      return signUpOf(env, event);
    case "participant.confirmed":
    case "participant.admitted":
    case "participant.pending":
    case "participant.blocked":
      return { ...personOf(event), external_id: event.participant.external_id, ...facts };
    case "participant.erased":
      return { campaign_id: event.campaign_id, participant_id: event.participant.id };
    case "participant.share":
      return { ...personOf(event), ...facts, ...(await linkOf(env, event, Number(facts.social_type))) };
    case "reward.held":
    case "reward.pending":
    case "reward.fulfilled":
    case "reward.revoked":
    case "reward.expired":
      return rewardOf(event);
    default:
      return facts;
  }
}

const personOf = ({ campaign_id, participant }: Told) => ({
  campaign_id,
  participant_id: participant.id,
  email: participant.email,
  name: participant.name,
});

async function signUpOf(env: Env, event: Told) {
  const { participant, facts } = event;
  return {
    ...personOf(event),
    date_signedup: participant.date_signedup,
    invited_by: facts.invited_by ?? null,
    invited_social: facts.invited_social ?? null,
    ...(await linkOf(env, event, DIRECT)),
    external_id: participant.external_id,
    metadata: participant.metadata,
    ...(facts.needs_confirmation === true && { needs_confirmation: true }),
  };
}

/** The reward as it was at the time of the event, whatever its status is now. */
function rewardOf({ type, reward, participant, facts }: Told) {
  // Left-joined, so either all columns of the reward are set or none.
  const row = reward as RewardRow;
  const free = { held_until: null, needs_approval: null };
  const held = {
    held_until: row.held_until,
    needs_approval: row.needs_approval ?? (row.held_until === null ? true : null),
  };
  const unexpired = {
    date_expired: null,
    expired_amount: null,
    owed_back: row.owed_back && row.owed_back - (row.expired_amount ?? 0),
  };
  const then =
    type === "reward.pending" || type === "reward.held"
      ? {
          ...row,
          ...unexpired,
          ...(type === "reward.held" ? held : free),
          status: "pending" as const,
          coupon: null,
          token_transaction: null,
          date_fulfilled: null,
        }
      : type === "reward.expired"
        ? row
        : {
            ...row,
            ...unexpired,
            ...free,
            status: type === "reward.revoked" ? ("revoked" as const) : ("fulfilled" as const),
          };
  const { id, email, name, external_id } = participant;
  return reward.id === null
    ? facts
    : { ...Reward.parse(toReward(then)), participant: { id, email, name, external_id } };
}

async function linkOf(env: Env, { campaign_id, participant, facts }: Told, social_type: number) {
  if (participant.id === null) return { referral_code: null, share_url: null };
  const referral_code = await referralCode(env, { campaign_id, social_type, participant_id: participant.id });
  return { referral_code, share_url: shareUrl(originOf(env, facts), referral_code) };
}
