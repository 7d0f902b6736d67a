import type { InferColumnsDataTypes } from "drizzle-orm";
import { campaigns, type ParticipantRow, participantColumns, type RewardRow } from "../../../drizzle/schema/index";
import { ofCoupon } from "../../../drizzle/schema/rewards";
import type { FraudMode } from "../../fraud/assess.ts";
import { type Raw, readColumns } from "../../lib/columns";
import type { ErrorCode } from "../../lib/errors";
import { MARK } from "../batch/database-mark";
import { columnsOf, readObjects, selectObjects } from "../batch/json-row";
import { statement } from "../batch/statement";
import { stages } from "../counts/cohorts";
import { readReward } from "../records/earned-reward";
import { IS_OWNERS, IS_UNDONE, isMailbox, KEY_ALIVE, type SignUpItem, value } from "../records/item";
import { type Destination, destinationColumns } from "../records/landing";
import { notLive, statusAt } from "../records/lifecycle";
import { IS_ASKED, idOfReview } from "../records/review-id";
import { type Farmed, farmedElsewhere } from "../reviews/farming";
import { INVITED_SLOT, REFERRER_SLOT } from "../rewards/grant";

/** The columns of a campaign that define its goal. */
export const goalColumns = {
  goal_type: campaigns.goal_type,
  num_signups: campaigns.num_signups,
  num_visits: campaigns.num_visits,
};

/** A reward's review, as far as its participant may know. */
export type InReview = "open" | "asked" | null;

export type Goal = { type: "signup" | "visit"; target: number; current: number; met: boolean };

export type SignedUp = {
  participant: ParticipantRow;
  destination: Destination;
  goal: Goal;
  /** Whether this request created the participant. */
  is_new: boolean;
  /** Whether the same form created the participant before. */
  is_repeated: boolean;
  /** Whether the participant becomes active after confirming their email. */
  needs_confirmation: boolean;
  /** Whether this request set the participant's referrer. */
  is_attributed: boolean;
  /** The rewards that the referrer and the friend earned with this request. */
  reward: RewardRow | null;
  invited_reward: RewardRow | null;
  /**
   * Whether the friend's reward waits for a review, and whether we asked them to confirm their email address for it.
   */
  invited_review: InReview;
  /** Which of the referrer's latest friends shared their own link. */
  friends_back: number[];
  /** Their participants in the account's other campaigns, if rewards there made them suspect. */
  farmed: Farmed | null;
  /** Whether this request opened a review of the participant, which holds rewards. */
  is_reviewed: boolean;
  /** The campaign's fraud setting, which the ledger remembers. */
  fraud_mode: FraudMode;
};

export type Outcome<T> = { ok: true; value: T } | { ok: false; code: ErrorCode; message: string | undefined };

export const refused = (code: ErrorCode, message?: string): Outcome<never> => ({ ok: false, code, message });

/** How many friends the engine compares with. */
const FRIENDS_LOOKED_AT = 12;

const OUTCOME = {
  campaign_exists: "c.id",
  is_key_alive: KEY_ALIVE,
  is_owners: IS_OWNERS,
  is_suspended: "c.is_suspended",
  is_undone: IS_UNDONE,
  campaign_status: statusAt("c", value("at")),
  fraud_mode: "c.fraud_mode",
  ...columnsOf({ campaigns: "c", brands: "b" }, { ...goalColumns, ...destinationColumns }),
  referrer_id: "r.id",
  is_self: isMailbox("r.email_canonical"),
  confirmation: "p.confirmation",
  is_new: `p.signup_event = ${value("id")}`,
  is_repeated: `coalesce(p.form = ${value("form")}, 0)`,
  is_attributed: `coalesce(p.invite_event = ${value("id")}, 0)`,
  is_reviewed: `iif(p.invite_event = ${value("id")}, (SELECT v.is_holding FROM reviews v WHERE v.id = ${idOfReview("p.id")} AND v.event = p.invite_event AND v.state = 'open'), NULL)`,
  farmed: farmedElsewhere(value("id"), value("at")),
  friends_back: `iif(p.invite_event = ${value("id")}, (SELECT group_concat(latest.id) FROM (SELECT f.id, f.stage FROM participants f
    WHERE f.invited_by = p.invited_by ORDER BY f.id DESC LIMIT ${FRIENDS_LOOKED_AT}) latest WHERE latest.stage >= ${stages.shared}), NULL)`,
  ...columnsOf({ participants: "p" }, participantColumns),
};

/**
 * Each item's outcome: the participant, whether this item created or attributed them, and whether the campaign allows
 * it. Includes the database's mark.
 */
export const outcomes = statement(`SELECT ${MARK} AS mark, ${selectObjects(OUTCOME)}
FROM json_each(?1) j LEFT JOIN campaigns c ON c.id = ?2 LEFT JOIN brands b ON b.id = c.brand_id
LEFT JOIN participants p ON p.campaign_id = ?2 AND p.email = ${value("email")}
LEFT JOIN participants r ON r.id = ${value("referrer")} AND r.campaign_id = ?2 AND r.status IN ('active', 'pending')
ORDER BY j.key`);

/**
 * The rewards that each item earned, even if an earlier attempt or an earlier submission of the same form committed it.
 */
export const earnedRewards = statement(`SELECT j.key AS n, w.*, ${ofCoupon("k")},
  w.in_review = 1 AND w.role = 'invited' AND EXISTS (SELECT 1 FROM reviews v WHERE v.id = ${idOfReview("p.id")} AND ${IS_ASKED}) AS is_asked
FROM json_each(?1) j CROSS JOIN participants p ON p.campaign_id = ?2 AND p.email = ${value("email")}
CROSS JOIN rewards w ON w.id IN (p.id * 64 + ${INVITED_SLOT}, p.invited_by * 64 + ${REFERRER_SLOT}) AND w.earn_event = iif(p.form = ${value("form")}, p.signup_event, ${value("id")})
LEFT JOIN coupons k ON k.reward_id = w.id`);

/** Reads an item's result, or the reason it was refused, from the rows of the group's last statements. */
export function signUpOutcome(
  item: SignUpItem,
  { campaignId, mark: known }: { campaignId: number; mark: number },
  { mark, ...answer }: Raw = {},
  rewards: Raw[],
): Outcome<SignedUp> {
  const row = readObjects(answer);
  if (!row.is_key_alive) return refused("unauthenticated");
  if (!row.campaign_exists || !row.is_owners) return refused("not_found", "No such campaign.");
  if (row.is_suspended) return refused("suspended");
  if (row.is_undone) return refused("conflict", "This import was undone. Upload the file again.");
  if (Number(mark) < known) return refused("overloaded", "The database is being restored. Try again in a minute.");
  const isOurs = row.is_new === 1 || row.is_attributed === 1;
  const isStrict = item.referrer !== null && !item.lenient && !isOurs;
  const isClosed = row.campaign_status !== "live" && !item.at_any_time;
  if (isClosed && (row.id === null || isStrict)) return refused("campaign_not_live", notLive(row.campaign_status));
  if (isStrict) {
    if (row.goal_type !== "signup") return refused("code_incompatible");
    if (row.referrer_id === null) return refused("unknown_referrer");
    if (row.is_self) return refused("self_referral");
  }
  if (row.id === null) return refused(item.checkout_key ? "checkout_code_taken" : "internal");
  const participant = readColumns(participantColumns, row) as ParticipantRow;
  const rowOf = (isInvited: boolean) =>
    rewards.find(({ id }) => (Number(id) % 64 === INVITED_SLOT) === isInvited) ?? null;
  const [reward, invited] = [rowOf(false), rowOf(true)];
  return {
    ok: true,
    value: {
      participant,
      destination: { campaign_id: campaignId, ...readColumns(destinationColumns, row) },
      goal: goalOf(readColumns(goalColumns, row), participant),
      is_new: row.is_new === 1,
      is_repeated: row.is_new !== 1 && row.is_repeated === 1,
      needs_confirmation: row.confirmation === "waiting",
      is_attributed: row.is_attributed === 1,
      reward: reward && readReward(reward),
      invited_reward: invited && readReward(invited),
      invited_review: invited?.in_review !== 1 ? null : invited.is_asked === 1 ? "asked" : "open",
      is_reviewed: row.is_reviewed === 1,
      farmed: row.farmed === null ? null : JSON.parse(String(row.farmed)),
      friends_back: row.friends_back === null ? [] : String(row.friends_back).split(",").map(Number),
      fraud_mode: row.fraud_mode as FraudMode,
    },
  };
}

/** A participant's progress toward the referrer reward. */
export function goalOf(
  { goal_type, num_signups, num_visits }: InferColumnsDataTypes<typeof goalColumns>,
  participant: Pick<ParticipantRow, "visit_count" | "referral_count">,
): Goal {
  const isVisit = goal_type === "visit";
  const target = (isVisit ? num_visits : num_signups) || 1;
  const current = isVisit ? participant.visit_count : participant.referral_count;
  return { type: goal_type, target, current, met: current >= target };
}
