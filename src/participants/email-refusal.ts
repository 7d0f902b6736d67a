import type { ParticipantRow } from "../../drizzle/schema";
import type { MemberCtx } from "../lib/ctx";
import { recipientHash } from "../outbox/emails/recipient";
import * as store from "./email-refusal-store";
import { mailboxHash } from "./mailbox-hash";

export type EmailRefusal = "blocked" | "unsubscribed" | "unreachable";

/**
 * Why the account cannot email a participant. Null if it can. Emails that participants request themselves also reach
 * those who unsubscribed.
 */
export async function emailRefusal(
  { db, env, now, actor: { memberId } }: MemberCtx,
  { status, email }: { status: ParticipantRow["status"]; email: string },
): Promise<EmailRefusal | null> {
  if (status === "blocked") return "blocked";
  const hashes = { recipient: await recipientHash(env, memberId, email), mailbox: await mailboxHash(env, email) };
  const [[row]] = await db.batch([store.refusalOf(db, memberId, hashes, now())]);
  return row?.refusal ?? null;
}
