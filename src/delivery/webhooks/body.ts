import { type RewardRow, WITHOUT_COUPON } from "../../../drizzle/schema";
import { toReward } from "../../ledger/records/earned-reward";
import { DIRECT, referralCode, shareUrl } from "../../ledger/records/referral-code";
import { Reward } from "../../ledger/records/reward-schema";
import type { Env } from "../../lib/env";
import type { Told } from "./delivery-store";
import { API_VERSION } from "./event-schema";
import type { Person, Previous } from "./told-store";

/**
 * An event as it appears in webhooks and the event log. It is the same at any time and for every receiver, unless its
 * participant was erased. Events store only IDs and a reward's changing fields. The participant's data is looked up as
 * it was then.
 */
export const eventOf = async (env: Env, event: Told) => ({
  id: event.event_id,
  type: event.type,
  api_version: API_VERSION,
  sequence: event.sequence,
  created: event.date.toISOString(),
  timestamp: event.date.toISOString(),
  livemode: !event.is_test,
  data: await dataOf(env, event),
});
export type ToldEvent = Awaited<ReturnType<typeof eventOf>>;

/** The event as text, ready to sign. */
export const bodyOf = async (env: Env, event: Told) => JSON.stringify(await eventOf(env, event));

/** The origin of the request that caused the event. Share links in the body use it. */
export const originOf = (env: Env, facts: Told["facts"]) =>
  typeof facts.origin === "string" ? facts.origin : env.PUBLIC_URL;

async function dataOf(env: Env, event: Told): Promise<Record<string, unknown>> {
  const { origin: _, reward: _snapshot, ...facts } = event.facts;
  switch (event.type) {
    case "participant.signup":
    case "participant.attributed":
      return signUpOf(env, event);
    case "participant.confirmed":
    case "participant.admitted":
    case "participant.pending":
    case "participant.blocked":
      return { ...personOf(event), external_id: event.participant?.external_id ?? null, ...facts };
    case "participant.updated":
      return updateOf(event);
    case "participant.erased":
      return { campaign_id: event.campaign_id, participant_id: event.participant?.id ?? null };
    case "participant.share":
      return { ...personOf(event), ...facts, ...(await linkOf(env, event, Number(facts.social_type))) };
    case "reward.held":
    case "reward.pending":
    case "reward.fulfilled":
    case "reward.revoked":
    case "reward.expired":
      return event.reward.id === null ? facts : rewardOf(event);
    default:
      return facts;
  }
}

const personOf = ({ campaign_id, participant }: Told) => ({
  campaign_id,
  participant_id: participant?.id ?? null,
  email: participant?.email ?? null,
  name: participant?.name ?? null,
});

async function signUpOf(env: Env, event: Told) {
  const { participant, facts } = event;
  return {
    ...personOf(event),
    date_signedup: participant && new Date(participant.date_signedup).toISOString(),
    invited_by: facts.invited_by ?? null,
    invited_social: facts.invited_social ?? null,
    referrer: await referrerOf(env, event),
    ...(await linkOf(env, event, DIRECT)),
    external_id: participant?.external_id ?? null,
    metadata: participant?.metadata ?? null,
    ...(facts.needs_confirmation === true && { needs_confirmation: true }),
  };
}

/** Null if nobody referred them, or the referrer was deleted. */
async function referrerOf(env: Env, { campaign_id, referrer }: Told) {
  if (referrer === null) return null;
  const { id, name, email } = referrer;
  const code = await referralCode(env, { campaign_id, social_type: DIRECT, participant_id: id });
  return { id, name, referral_code: email === null ? null : code };
}

function updateOf(event: Told) {
  const changed = event.facts.changed as (keyof Previous)[];
  const { previous, participant } = event;
  return {
    ...personOf(event),
    external_id: participant?.external_id ?? null,
    metadata: participant?.metadata ?? null,
    changed,
    previous: previous && Object.fromEntries(changed.map((name) => [name, previous[name] ?? null])),
  };
}

/** The reward at the time of the event, whatever has happened to it since. */
function rewardOf({ type, reward, participant, facts, date }: Told) {
  const { id, email, name, external_id, metadata } = participant ?? GONE;
  // Left-joined, so all of the reward's columns are set, or none.
  const row = { ...(reward as RewardRow), ...snapshotIn(facts) };
  return {
    ...Reward.parse(toReward(THEN[type as keyof typeof THEN](row, date))),
    participant: { id, email, name, external_id, metadata },
  };
}

const GONE: { [P in keyof Person]: null } = {
  id: null,
  email: null,
  name: null,
  external_id: null,
  metadata: null,
  date_signedup: null,
};

type Snapshot = {
  amount?: number;
  owed_back?: number;
  payout_id?: number;
  date_fulfilled?: number;
  expires_at?: number;
  date_expired?: number;
  expired_amount?: number;
  held_until?: number;
  needs_approval?: number;
  token_transaction?: string;
  token_state?: string;
  token_reason?: string;
};

/**
 * The reward's fields that the event stored. Events of earlier releases stored none, so they show the current values.
 */
function snapshotIn(facts: Told["facts"]) {
  const then = facts.reward as Snapshot | undefined;
  const moment = (at: number | undefined) => (at === undefined ? null : new Date(at));
  return (
    then && {
      amount: then.amount ?? null,
      owed_back: then.owed_back ?? null,
      payout_id: then.payout_id ?? null,
      date_fulfilled: moment(then.date_fulfilled),
      expires_at: moment(then.expires_at),
      date_expired: moment(then.date_expired),
      expired_amount: then.expired_amount ?? null,
      held_until: moment(then.held_until),
      needs_approval: then.needs_approval === undefined ? null : then.needs_approval === 1,
      token_transaction: then.token_transaction ?? null,
      token_state: then.token_state ?? null,
      token_reason: then.token_reason ?? null,
    }
  );
}

const FREE = { held_until: null, needs_approval: null };
const unexpired = (row: RewardRow) => ({
  ...row,
  date_expired: null,
  expired_amount: null,
  owed_back: row.owed_back && row.owed_back - (row.expired_amount ?? 0),
});
const UNPAID = { status: "pending" as const, ...WITHOUT_COUPON, token_transaction: null, date_fulfilled: null };

/** The fields that each event adds to the reward's row. */
const THEN = {
  "reward.held": (row: RewardRow) => ({
    ...unexpired(row),
    ...UNPAID,
    needs_approval: row.needs_approval ?? (row.held_until === null ? true : null),
  }),
  "reward.pending": (row: RewardRow) => ({ ...unexpired(row), ...UNPAID, ...FREE }),
  "reward.fulfilled": (row: RewardRow, at: Date) => ({
    ...unexpired(row),
    ...FREE,
    status: "fulfilled" as const,
    date_fulfilled: at,
  }),
  "reward.revoked": (row: RewardRow) => ({ ...unexpired(row), ...FREE, status: "revoked" as const }),
  "reward.expired": (row: RewardRow) => row,
};

async function linkOf(env: Env, { campaign_id, participant, facts }: Told, social_type: number) {
  if (participant === null) return { referral_code: null, share_url: null };
  const referral_code = await referralCode(env, { campaign_id, social_type, participant_id: participant.id });
  return { referral_code, share_url: shareUrl(originOf(env, facts), referral_code) };
}
