import type { reviewStates } from "../../../drizzle/schema/reviews";
import type { Db } from "../../lib/db";
import { eventStatements } from "../../outbox/webhooks/event";
import * as store from "./review-store";

export type Decision = {
  state: (typeof reviewStates)[number];
  by: string;
  note: string | null;
  at: Date;
  settles_at: Date | null;
};

type Own = { memberId: number; campaignId: number; referrerId: number };

/**
 * Statements that decide a review, if this is still possible, and add its event. Reviews other than `named` are only
 * decided if `named` was.
 */
export function decisionStatements(
  db: Db,
  { memberId, campaignId, referrerId }: Own,
  id: number,
  event: string,
  decision: Decision,
  named = id,
) {
  const participant_id = Math.floor(id / 2);
  return [
    store.decide(db, memberId, id, decision, named),
    ...eventStatements(db, {
      campaign_id: campaignId,
      member_id: memberId,
      type: "review.decided",
      id: `${event}_w${id}`,
      participant_id,
      date: decision.at,
      data: {
        id,
        campaign_id: campaignId,
        referrer_id: referrerId,
        participant_id,
        state: decision.state,
        by: decision.by,
        note: decision.note,
      },
      when: store.isDecided(id, decision),
    }),
  ] as const;
}
