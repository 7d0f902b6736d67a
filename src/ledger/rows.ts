import type { RewardRow } from "./earned-reward";
import type { Destination, ParticipantRow } from "./participant";

/** Rows as D1 answers raw statements: moments are milliseconds, JSON is text. */
export type Raw = Record<string, string | number | null>;

const text = (value: Raw[string] | undefined) => (typeof value === "string" ? value : null);
const number = (value: Raw[string] | undefined) => (typeof value === "number" ? value : null);
const count = (value: Raw[string] | undefined) => number(value) ?? 0;
const date = (value: Raw[string] | undefined) => (typeof value === "number" ? new Date(value) : null);

/** A row of a signup's closing statement: what its objects of JSON say, as one. */
export const readOutcome = ({ facts, participant }: Raw): Raw => ({
  ...JSON.parse(String(facts)),
  ...JSON.parse(String(participant)),
});

export const readParticipant = (row: Raw): ParticipantRow => ({
  id: count(row.id),
  campaign_id: count(row.campaign_id),
  email: text(row.email) ?? "",
  name: text(row.name),
  status: row.status as ParticipantRow["status"],
  date_signedup: date(row.date_signedup) ?? new Date(0),
  invited_by: number(row.invited_by),
  invited_social: number(row.invited_social),
  referral_url: text(row.referral_url),
  external_id: text(row.external_id),
  metadata: typeof row.metadata === "string" ? JSON.parse(row.metadata) : null,
  referral_count: count(row.referral_count),
  visit_count: count(row.visit_count),
  click_count: count(row.click_count),
  share_count: count(row.share_count),
});

export const readDestination = (row: Raw, campaignId: number): Destination => ({
  campaign_id: campaignId,
  landing_url: text(row.landing_url),
  publish: text(row.publish) ?? "private",
  slug: text(row.slug) ?? "",
  url: text(row.url) ?? "",
});

export const readReward = (row: Raw): RewardRow => ({
  id: count(row.id),
  campaign_id: count(row.campaign_id),
  participant_id: count(row.participant_id),
  role: row.role as RewardRow["role"],
  reward_type: count(row.reward_type),
  status: row.status as RewardRow["status"],
  coupon: text(row.coupon),
  redirect_url: text(row.redirect_url),
  custom_message: text(row.custom_message),
  cash_cents: number(row.cash_cents),
  token_symbol: text(row.token_symbol),
  token_address: text(row.token_address),
  token_amount: text(row.token_amount),
  token_transaction: text(row.token_transaction),
  date_earned: date(row.date_earned) ?? new Date(0),
  date_fulfilled: date(row.date_fulfilled),
});
