import { unseal } from "../../lib/crypto";
import { type Env, isLocal, secret } from "../../lib/env";
import { recipientHash } from "../../outbox/emails/recipient";
import { mailboxHash } from "../../participants/mailbox-hash";
import type { LetterFacts } from "../email-content/email-content";
import type { NotificationFacts } from "../email-content/notification-letter";
import { notificationFacts } from "../notifications/notification-facts";
import { campaignLetter } from "./campaign-letter";
import type { Leased } from "./email-facts-store";
import { memberLetter } from "./member-letter";
import type { Person } from "./person";
import { isTest } from "./sender";
import { testLetter } from "./test-email";

/** An email's facts and its recipient, or the reason why it can no longer be sent. */
export type Facts =
  | { isGone: string }
  | { to: string; recipient: string; mailbox: string; letter: LetterFacts | NotificationFacts };

export async function factsOf(env: Env, { origin, ...row }: Leased): Promise<Facts> {
  const mail = { ...row, origin: env.PUBLIC_URL || (isLocal(env) ? origin : "") };
  const { kind } = mail;
  const isMembers = mail.campaign_id === null || kind === "test";
  const found = isMembers ? await memberOf(env, mail) : personOf(mail);
  if ("isGone" in found) return found;
  const letter = kind === "notification" ? await notificationFacts(env, mail, found.name) : null;
  if (kind === "notification" && !letter) return { isGone: "gone" };
  const recipient = await recipientHash(env, mail.member_id, found.email);
  // Test mode emails reach no mailbox, so they do not count toward a real mailbox's limit.
  const mailbox = await mailboxHash(env, isTest(row) ? `test:${found.email}` : found.email);
  return { to: found.email, recipient, mailbox, letter: letter ?? (await letterFacts(env, mail, found, recipient)) };
}

async function letterFacts(env: Env, { kind, ...mail }: Leased, found: Person, recipient: string) {
  if (kind === "test" || kind === "notification") return testLetter(mail, found);
  return mail.campaign_id === null
    ? memberLetter(env, { kind, ...mail }, found)
    : campaignLetter(env, { kind, ...mail }, found, recipient);
}

async function memberOf(
  env: Env,
  { kind, member, webhook, address, team_invitation, campaign, is_still_for }: Leased,
): Promise<Person | { isGone: string }> {
  if (!member.email) return { isGone: "gone" };
  if (kind === "test")
    return campaign.name && member.is_verified ? { email: member.email, name: member.name } : { isGone: "gone" };
  if (kind === "team_invitation")
    return team_invitation.email ? { email: team_invitation.email, name: null } : { isGone: "withdrawn" };
  if (kind === "email_changed")
    return address
      ? { email: await unseal(secret(env, "SEAL_SECRET"), address), name: member.name }
      : { isGone: "gone" };
  if (kind === "notification" && !is_still_for) return { isGone: "not_wanted" };
  if (kind === "verify_member" && member.is_verified) return { isGone: "verified_already" };
  if (kind === "webhook_disabled" && webhook.status !== "disabled") return { isGone: "enabled_again" };
  return { email: member.email, name: member.name };
}

function personOf({ kind, participant, campaign, invitation, reward }: Leased): Person | { isGone: string } {
  const { email, name, status, confirmation } = participant;
  if (!email || !campaign.domain) return { isGone: "gone" };
  if (status === "blocked") return { isGone: "blocked" };
  if (kind === "proof" && participant.is_asked !== 1) return { isGone: "reviewed_already" };
  if (kind === "confirm" && confirmation !== "waiting") return { isGone: "confirmed_already" };
  const isAboutReward = kind === "reward" || kind === "twoway_reward";
  if (isAboutReward && reward.status !== "fulfilled") return { isGone: "revoked" };
  if (kind !== "invitation") return { email, name };
  if (!invitation.email) return { isGone: "gone" };
  return invitation.has_signedup ? { isGone: "joined_already" } : { email: invitation.email, name: null };
}
