import type { z } from "zod";
import { campaignMails, friendMails } from "../../../drizzle/schema/campaigns";
import { CampaignChange } from "../../campaigns/campaign/campaign-schema";
import { Flag } from "../../lib/fields";
import { textsOf } from "../../texts/text";

export { campaignMails, friendMails };
export type CampaignMail = (typeof campaignMails)[number];
type FriendMail = (typeof friendMails)[number];
/** The emails in the editor: those with texts that the owner can edit, and those about friends. */
export const editedMails = [...campaignMails, ...friendMails] as const;
export type EditedMail = (typeof editedMails)[number];

export const fieldsOf = {
  entry: { subject: "campaign_entry_subject", message: "campaign_entry_message" },
  reward: { subject: "reward_notify_subject", message: "reward_notify_message" },
  twoway_reward: { subject: "twoway_reward_notify_subject", message: "twoway_reward_notify_message" },
  admitted: { subject: "admitted_notify_subject", message: "admitted_notify_message" },
} as const;

const isSent = Flag.default(false);

/** The email editor's content: the campaign's texts, and whether each email is sent. */
export const MailDraft = CampaignChange.pick({
  campaign_entry_subject: true,
  campaign_entry_message: true,
  reward_notify_subject: true,
  reward_notify_message: true,
  twoway_reward_notify_subject: true,
  twoway_reward_notify_message: true,
  admitted_notify_subject: true,
  admitted_notify_message: true,
})
  .extend({ entry_on: isSent, reward_on: isSent, twoway_reward_on: isSent, admitted_on: isSent })
  .extend({ friend_joined_on: isSent, one_to_go_on: isSent, reminder_on: isSent, recap_on: isSent });
export type MailDraft = z.output<typeof MailDraft>;

type Ours = { default_emails: CampaignMail[]; friend_emails: FriendMail[] };
type Words = Partial<Record<Exclude<keyof MailDraft, `${string}_on`>, string | null>>;

const isWritten = (kind: EditedMail): kind is CampaignMail => campaignMails.some((one) => one === kind);

/** The owner's texts for an email. Emails about friends have none. */
export const wordsIn = (kind: EditedMail, words: Words) => ({
  subject: (isWritten(kind) && words[fieldsOf[kind].subject]) || null,
  message: (isWritten(kind) && words[fieldsOf[kind].message]) || null,
});

/** Converts stored campaign fields for the editor. An email is on if it has a text, or uses our default text. */
export function draftOf(campaign: Words & Ours): MailDraft {
  const isOn = (kind: CampaignMail) =>
    campaign.default_emails.includes(kind) || Object.values(wordsIn(kind, campaign)).some((part) => part !== null);
  const fields = campaignMails.flatMap((kind) => Object.values(fieldsOf[kind]));
  return {
    ...Object.fromEntries(fields.map((field) => [field, campaign[field] ?? null])),
    entry_on: isOn("entry"),
    reward_on: isOn("reward"),
    twoway_reward_on: isOn("twoway_reward"),
    admitted_on: isOn("admitted"),
    friend_joined_on: campaign.friend_emails.includes("friend_joined"),
    one_to_go_on: campaign.friend_emails.includes("one_to_go"),
    reminder_on: campaign.friend_emails.includes("reminder"),
    recap_on: campaign.friend_emails.includes("recap"),
  };
}

/**
 * The reverse of `draftOf`. Emails that used our default text keep using it. If another email is turned on with only
 * default texts, we store the default subject, so it is sent to everyone.
 */
export function changeOf(
  draft: MailDraft,
  before: Pick<Ours, "default_emails">,
  language: string,
  texts: Record<string, string>,
): CampaignChange {
  const ours = textsOf(language, texts);
  const default_emails = before.default_emails.filter((kind) => draft[`${kind}_on`]);
  const change = campaignMails.flatMap((kind) => {
    const { subject, message } = draft[`${kind}_on`] ? wordsIn(kind, draft) : { subject: null, message: null };
    const isOurs = draft[`${kind}_on`] && !subject && !message && !default_emails.includes(kind);
    return [
      [fieldsOf[kind].subject, isOurs ? ours[`mail_${kind}_subject`] : subject],
      [fieldsOf[kind].message, message],
    ];
  });
  const friend_emails = friendMails.filter((kind) => draft[`${kind}_on`]);
  return { ...Object.fromEntries(change), default_emails, friend_emails };
}
