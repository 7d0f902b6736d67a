import { type WithheldFor, withheldFor } from "../../campaigns/sending/may-send";
import type { Env } from "../../lib/env";
import { ended } from "../../outbox/outcome";
import { isCampaigns, senderOf } from "./campaign-sender";
import type { Leased } from "./email-facts-store";
import type { Outcome } from "./email-queue-store";
import { heldUntil, isHeldTooLong } from "./email-schedule";
import { isTest, unsent } from "./sender";

/**
 * The outcome of an email that its sender may not send now: it waits, is checked again within hours, and fails with the
 * reason when it is too late. A suspended member's own emails fail immediately. Null if it may be sent.
 */
export function withheld(env: Env, mail: Leased, now: Date): Outcome | null {
  const attempts = mail.attempts - 1;
  if (isTest(mail)) return null;
  if (!isCampaigns(mail))
    return mail.member.suspended_at ? unsent(mail, ended("suppressed"), "member_suspended", attempts) : null;
  const reason = withheldFor(env, senderOf(mail));
  return reason && held(mail, reason, attempts, now);
}

function held(mail: Leased, reason: WithheldFor, attempts: number, now: Date): Outcome {
  if (isHeldTooLong(mail, now)) return unsent(mail, ended("failed"), reason, attempts);
  const standing = { status: "pending" as const, next_attempt_at: heldUntil(mail, now), hinted_until: null };
  return { ...unsent(mail, standing, null, attempts), held_for: reason };
}
