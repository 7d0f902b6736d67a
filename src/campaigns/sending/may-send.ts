import type { Env } from "../../lib/env";
import { isTrusted } from "../proof/trusted-domain";

/** Why a campaign's emails are on hold, with a message for each reason. */
export const withheldReasons = {
  member_suspended: "This account is suspended.",
  brand_suspended: "This brand is suspended.",
  sending_paused:
    "Too many of this account's emails bounced or were reported as spam. Ask the administrator to resume sending.",
  member_unverified: "Your email address is not verified.",
  domain_unproven: "The brand's domain is not verified.",
} as const;
export type WithheldFor = keyof typeof withheldReasons;

/** The sender of a campaign's emails: the member and the brand. */
export type Sender = {
  is_verified: boolean | null;
  member_suspended_at: Date | null;
  sending_paused_at: Date | null;
  domain: string | null;
  proven_at: Date | null;
  brand_suspended_at: Date | null;
};

type Settings = Pick<Env, "TRUSTED_DOMAINS" | "DEV_MAIL">;

/**
 * Whether a campaign may email anyone besides its owner. This is the only rule, for all campaign email: the member's
 * address and the brand's domain are verified, and sending is not suspended or paused. Null if it may.
 */
export function withheldFor(env: Settings, sender: Sender): WithheldFor | null {
  if (sender.member_suspended_at) return "member_suspended";
  if (sender.brand_suspended_at) return "brand_suspended";
  if (sender.sending_paused_at) return "sending_paused";
  if (!isAddressProven(env, sender)) return "member_unverified";
  return isDomainProven(env, sender) ? null : "domain_unproven";
}

/**
 * Without real email, everyone can read all emails at /dev/mail. A verification link would prove nothing, so we do not
 * require one.
 */
export const isAddressProven = (env: Settings, { is_verified }: Pick<Sender, "is_verified">) =>
  is_verified === true || env.DEV_MAIL === "on";

export const isDomainProven = (env: Settings, { domain, proven_at }: Pick<Sender, "domain" | "proven_at">) =>
  domain !== null && (proven_at !== null || isTrusted(env, domain));
