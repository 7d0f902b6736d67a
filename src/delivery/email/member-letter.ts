import { memberLink } from "../../accounts/account-link";
import { joinLink } from "../../accounts/team/invitation-link";
import type { Env } from "../../lib/env";
import type { LetterFacts } from "../email-content/email-content";
import type { Leased } from "./email-facts-store";
import type { Person, Real } from "./person";

const NOTHING = {
  texts: {},
  subject: null,
  message: null,
  brand: null,
  referral_url: null,
  promised: null,
  reward: null,
  sender_name: null,
};

/** Emails to members are in English, like the API reference. */
export async function memberLetter(env: Env, mail: Real, { email, name }: Person): Promise<LetterFacts> {
  const link = await memberLinkOf(env, mail);
  const campaign_name = (mail.kind === "webhook_disabled" ? mail.webhook.link : mail.detail) ?? "";
  const sender_name = mail.kind === "team_invitation" ? mail.member.email : null;
  return {
    ...NOTHING,
    kind: mail.kind,
    language: "en",
    campaign_name,
    name,
    email,
    link,
    sender_name,
    unsubscribe_url: null,
  };
}

/** The dashboard page that each email to members links to. */
const PAGES: Partial<Record<Leased["kind"], string>> = {
  email_changed: "/sign-in",
  password_changed: "/account",
  key_created: "/api-keys",
  second_factor_changed: "/account",
  new_sign_in: "/account",
};

/** Signed with the time of the request, so a retry contains the same link. */
function memberLinkOf(
  env: Env,
  { kind, cause, member_id, member, origin, date_added, invitation_id, team_invitation }: Leased,
) {
  const of = { id: member_id, email: member.email ?? "", password_hash: member.password_hash ?? "" };
  const link = { origin, member: of, issued: date_added };
  if (kind === "verify_member") return memberLink(env, "verify", link);
  if (kind === "reset_password") return memberLink(env, "reset-password", link);
  if (kind === "team_invitation")
    return joinLink(env, {
      origin,
      invitation: { id: invitation_id ?? 0, account_id: member_id, email: team_invitation.email ?? "" },
      issued: date_added,
    });
  if (kind === "domain_unproven") return `${origin}/brands/${cause.split(":")[1]}/settings`;
  const path = PAGES[kind];
  return path ? `${origin}${path}` : null;
}
