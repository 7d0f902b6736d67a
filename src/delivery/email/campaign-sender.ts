import { isDomainProven, type Sender } from "../../campaigns/sending/may-send";
import { shownDomain } from "../../lib/domain";
import type { Env } from "../../lib/env";
import { OUR_NAME } from "../mailer/provider";
import type { Leased } from "./email-facts-store";

/** Whether a campaign sends this email to someone else. A test goes to the person who requested it. */
export const isCampaigns = ({ campaign_id, kind }: Leased) => campaign_id !== null && kind !== "test";

/** The sender of a campaign's email, in the form that the policy checks. */
export const senderOf = ({ member, campaign }: Leased): Sender => ({
  is_verified: member.is_verified,
  member_suspended_at: member.suspended_at,
  sending_paused_at: member.sending_paused_at,
  domain: campaign.domain,
  proven_at: campaign.proven_at,
  brand_suspended_at: campaign.suspended_at,
});

/** An email may show a brand as its sender only if the brand's domain is verified. Otherwise we are the sender. */
export const writtenBy = (env: Env, mail: Leased): { name: string; replyTo: string | null } =>
  isDomainProven(env, senderOf(mail))
    ? {
        name: mail.campaign.brand_name ? shownDomain(mail.campaign.brand_name) : OUR_NAME,
        replyTo: mail.campaign.reply_to,
      }
    : { name: OUR_NAME, replyTo: null };
