import { and, eq, inArray, ne } from "drizzle-orm";
import { isKept, participants } from "../../drizzle/schema";
import { listed } from "../lib/columns";
import type { Db } from "../lib/db";

/** The campaigns of these participants. Skips participants of other members and erased ones. */
export const campaignsOf = (db: Db, memberId: number, ids: number[]) =>
  db
    .select({ id: participants.id, campaign_id: participants.campaign_id })
    .from(participants)
    .where(
      and(
        inArray(participants.id, listed(ids)),
        eq(participants.member_id, memberId),
        isKept(participants.campaign_id),
        ne(participants.status, "erased"),
      ),
    );
