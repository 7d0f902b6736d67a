import type { DatabaseSync } from "node:sqlite";
import { REVIEWED_ID } from "./reviewed.ts";

type Participant = { id: number; email: string; invited_by: number | null; credit_event: string | null };
export type Review = {
  id: number;
  referrer_id: number;
  participant_id: number;
  state: "open" | "approved" | "denied";
  settles_at: number | null;
  by: string | null;
};
type Reward = {
  id: number;
  participant_id: number;
  role: "referrer" | "invited";
  status: string;
  cash_cents: number;
  is_held: number;
  in_review: number | null;
  payout_id: number | null;
  date_earned: number;
  earn_event: string;
};
type Credit = { reward_id: number; reason: string; status: string | null; by: string | null; date: number };
type Event = { id: string; type: string; participant_id: number; reward_id: number | null; data: string; date: number };
type Call = { id: number; state: "waiting" | "given" | "refused" | "cancelled" | "unanswered"; status: string };
type Line = { payout_id: number; participant_id: number; amount: number; date_undone: number | null };

/** Reads the rows of the reviewed campaign. */
export function takeReviewed(db: DatabaseSync) {
  const all = <T>(sql: string) => db.prepare(sql).all(REVIEWED_ID) as T[];
  return {
    participants: all<Participant>("SELECT * FROM participants WHERE campaign_id = ?"),
    reviews: all<Review>("SELECT * FROM reviews WHERE campaign_id = ?"),
    rewards: all<Reward>(
      "SELECT *, held_until IS NOT NULL OR needs_approval IS NOT NULL AS is_held FROM rewards WHERE campaign_id = ?",
    ),
    credits: all<Credit>(
      "SELECT c.* FROM credit_entries c JOIN rewards w ON w.id = c.reward_id WHERE w.campaign_id = ? ORDER BY c.event",
    ),
    events: all<Event>("SELECT * FROM events WHERE campaign_id = ? ORDER BY id"),
    calls: all<Call>("SELECT * FROM veto_calls WHERE campaign_id = ?"),
    lines: all<Line>("SELECT * FROM payout_lines WHERE campaign_id = ?"),
  };
}
export type ReviewedTables = ReturnType<typeof takeReviewed>;
