import type { WaitlistPlace } from "../../ledger/records/participant-schema";
import type { Ctx } from "../../lib/ctx";
import * as store from "./waitlist-store";

/**
 * A participant's place as an unrun query. Read its rows with `toPlace`. The caller must have authorized access to the
 * participant.
 */
export const storedPlace = ({ db }: Pick<Ctx, "db">, participantId: number) => store.placeOf(db, participantId);

/**
 * Null if the campaign has no waitlist. Participants who were admitted, are blocked, or have not confirmed their email
 * have no position.
 */
export function toPlace([row]: store.Place[]): WaitlistPlace | null {
  if (!row) return null;
  const { position, total, admitted_at, ticket, places_per_friend } = row;
  return {
    position,
    of: total,
    ahead: position === null ? null : position - 1,
    admitted_at: admitted_at === null ? null : new Date(admitted_at),
    ticket,
    places_per_friend,
  };
}
