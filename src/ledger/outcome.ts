import type { ErrorCode } from "../lib/errors";
import type { RewardRow } from "./earned-reward";
import { INVITED_SLOT } from "./grant";
import type { SignUpItem } from "./item";
import type { Destination, ParticipantRow } from "./participant";
import { type Raw, readDestination, readParticipant, readReward } from "./rows";

export type Goal = { type: "signup" | "visit"; target: number; current: number; met: boolean };

/** What a signup came to. */
export type SignedUp = {
  participant: ParticipantRow;
  destination: Destination;
  goal: Goal;
  /** This request made the participant. */
  is_new: boolean;
  /** He is in once he says that the address is his. */
  needs_confirmation: boolean;
  /** This request set who invited him. */
  is_attributed: boolean;
  /** What this request earned the referrer, and the invited person. */
  reward: RewardRow | null;
  invited_reward: RewardRow | null;
};

export type Outcome<T> = { ok: true; value: T } | { ok: false; code: ErrorCode; message: string | undefined };

const refused = (code: ErrorCode, message?: string): Outcome<never> => ({ ok: false, code, message });

/** Reads an item's answer, or why it was refused, from the group's closing rows. */
export function signUpOutcome(
  item: SignUpItem,
  campaignId: number,
  row: Raw | undefined,
  rewards: Raw[],
): Outcome<SignedUp> {
  if (!row?.is_key_alive) return refused("unauthenticated");
  if (!row.campaign_exists || !row.is_owners) return refused("not_found", "There is no such campaign.");
  const isOurs = row.is_new === 1 || row.is_attributed === 1;
  if (item.referrer !== null && !item.lenient && !isOurs) {
    if (row.goal_type !== "signup") return refused("code_incompatible");
    if (row.referrer_id === null) return refused("unknown_referrer");
    if (row.is_self) return refused("self_referral");
  }
  if (row.id === null) return refused("internal");
  const participant = readParticipant(row);
  const earned = (isInvited: boolean) =>
    rewards.find((reward) => (Number(reward.id) % 64 === INVITED_SLOT) === isInvited);
  return {
    ok: true,
    value: {
      participant,
      destination: readDestination(row, campaignId),
      goal: goalOf(row, participant),
      is_new: row.is_new === 1,
      needs_confirmation: row.confirmation === "waiting",
      is_attributed: row.is_attributed === 1,
      reward: earnedOrNull(earned(false)),
      invited_reward: earnedOrNull(earned(true)),
    },
  };
}

const earnedOrNull = (row: Raw | undefined) => (row ? readReward(row) : null);

/** What a campaign's row says of its goal. */
type GoalRow = { goal_type?: Raw[string]; num_signups?: Raw[string]; num_visits?: Raw[string] };

/** How far a participant is on the way to the referrer's reward. */
export function goalOf(campaign: GoalRow, participant: ParticipantRow): Goal {
  const isVisit = campaign.goal_type === "visit";
  const target = Number(isVisit ? campaign.num_visits : campaign.num_signups) || 1;
  const current = isVisit ? participant.visit_count : participant.referral_count;
  return { type: isVisit ? "visit" : "signup", target, current, met: current >= target };
}
