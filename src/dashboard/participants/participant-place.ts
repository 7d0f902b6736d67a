import type { PageContext } from "../../auth/page-session";
import { ParticipantParam } from "../../ledger/records/participant-schema";
import { shownEmail } from "../../lib/email-address";
import { notFound } from "../../lib/errors";
import { type Recipient, recipientById } from "./recipient-store";

/** The participant of a page about something of theirs. @throws 404 if they are not the member's, or were erased */
export async function recipientOf(c: PageContext): Promise<Recipient> {
  const { ctx } = c.var;
  const [[found]] = await ctx.db.batch([recipientById(ctx.db, ctx.actor.memberId, participantIdIn(c))]);
  if (!found) throw notFound("participant");
  return found;
}

/** The participant's ID in a page's path. @throws 404 if the ID is invalid */
export function participantIdIn(c: PageContext): number {
  const param = ParticipantParam.safeParse(c.req.param());
  if (!param.success) throw notFound("participant");
  return param.data.participantId;
}

/** A participant's display name. */
export const titleOf = ({ name, email }: { name: string | null; email: string | null }) =>
  name || shownEmail(email ?? "an erased participant");
