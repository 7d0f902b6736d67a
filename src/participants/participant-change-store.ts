import { and, eq, ne, sql } from "drizzle-orm";
import { participants } from "../../drizzle/schema";
import type { ParticipantChange } from "../ledger/records/participant-schema";
import type { Db, Statement } from "../lib/db";
import { canonicalEmail } from "./mailbox";
import { alive } from "./participant-store";

/** Whether another participant of the campaign has the checkout code. */
export const keyTaken = (db: Db, memberId: number, id: number, key: string) =>
  db
    .select({ id: participants.id })
    .from(participants)
    .where(
      and(
        eq(
          participants.campaign_id,
          sql`(SELECT campaign_id FROM participants WHERE id = ${id} AND member_id = ${memberId})`,
        ),
        eq(participants.checkout_key, key),
        ne(participants.id, id),
      ),
    );

/** Another participant of the same campaign with this email. */
export const emailHolder = (db: Db, memberId: number, id: number, email: string) =>
  db
    .select({ id: participants.id })
    .from(participants)
    .where(
      and(
        eq(
          participants.campaign_id,
          sql`(SELECT campaign_id FROM participants WHERE id = ${id} AND member_id = ${memberId})`,
        ),
        eq(participants.email, email),
        ne(participants.id, id),
      ),
    );

/**
 * `moved` has the mailbox hash of a new email, and the time of the change. A mailbox that has credited a referrer
 * stays, so it cannot credit another.
 */
export const updateParticipant = (
  db: Db,
  memberId: number,
  id: number,
  change: Omit<ParticipantChange, "status" | "invited_by"> & { checkout_key?: string | null },
  moved?: { mailbox: string; at: Date },
): Statement =>
  db
    .update(participants)
    .set({
      id,
      ...change,
      ...(change.email !== undefined && { email_canonical: canonicalEmail(change.email) }),
      ...(moved && {
        mailbox: sql`iif(credit_event IS NULL, ${moved.mailbox}, mailbox)`,
        email_since: moved.at,
      }),
    })
    .where(and(eq(participants.id, id), eq(participants.member_id, memberId), alive));
