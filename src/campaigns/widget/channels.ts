import { DIRECT } from "../../ledger/records/referral-code";
import { fill, type Texts } from "../../texts/text";
import { type Promised, rewardNamed } from "../reward/reward-promise";
import type { Widget } from "./widget-schema";

/**
 * Channels with a share URL, in display order. `{url}`, `{text}`, and `{subject}` are replaced with percent-encoded
 * values. `phone` channels need an app that only phones have. `more` channels are behind a button, unless the campaign
 * chose them.
 */
export const channels = [
  { social_type: 5, name: "WhatsApp", place: "", href: "https://wa.me/?text={text}%20{url}" },
  { social_type: 1, name: "Facebook", place: "", href: "https://www.facebook.com/sharer/sharer.php?u={url}" },
  { social_type: 2, name: "X", place: "", href: "https://x.com/intent/post?text={text}&url={url}" },
  { social_type: 3, name: "LinkedIn", place: "", href: "https://www.linkedin.com/sharing/share-offsite/?url={url}" },
  { social_type: 4, name: "by_email", place: "", href: "mailto:?subject={subject}&body={text}%20{url}" },
  { social_type: 7, name: "sms", place: "phone", href: "sms:?&body={text}%20{url}" },
  { social_type: 9, name: "Messenger", place: "phone", href: "fb-messenger://share/?link={url}" },
  { social_type: 8, name: "Telegram", place: "more", href: "https://t.me/share/url?url={url}&text={text}" },
  { social_type: 10, name: "Reddit", place: "more", href: "https://www.reddit.com/submit?url={url}&title={text}" },
  {
    social_type: 11,
    name: "Pinterest",
    place: "more",
    href: "https://www.pinterest.com/pin/create/button/?url={url}&description={text}",
  },
] as const;
export type Channel = (typeof channels)[number];

/** The channel's name. Some names are translated. */
export const channelName = ({ name }: Channel, texts: Texts) =>
  name === "by_email" || name === "sms" ? texts[name] : name;

/** The campaign's allowed channels. An empty list allows all. */
export const channelsAllowed = (allowed: number[]): readonly Channel[] =>
  channels.filter(({ social_type }) => allowed.length === 0 || allowed.includes(social_type));

type Said = { widget: Widget; campaign_name: string; brand_name: string; reward: Promised["reward"] };

/**
 * The message for a channel: the campaign's own, or else the language's default. `{name}` stays as a placeholder for
 * the participant's name.
 */
export function messageFor({ widget, campaign_name, brand_name, reward }: Said, texts: Texts, social: number) {
  const own = widget.share_messages[String(social)] ?? widget.share_messages[String(DIRECT)];
  if (!own) return texts.share_message;
  return fill(own, { brand: brand_name, campaign: campaign_name, reward: rewardNamed(reward, texts, widget.language) });
}

/** A channel's URL with its texts filled in. `{url}` and `{name}` stay until the participant is known. */
export const addressOf = (href: string, message: string, campaign: string) =>
  fill(href, { text: inUrl(message), subject: encodeURIComponent(campaign) });

const inUrl = (message: string) => encodeURIComponent(message).replaceAll("%7Bname%7D", "{name}");

/** The same URL with the participant's link and name filled in. */
export const withLink = (address: string, url: string, name: string) =>
  address.replace("{url}", encodeURIComponent(url)).replaceAll("{name}", encodeURIComponent(name));

/** The first word of a participant's name, for friends to see. */
export const firstName = (name: string | null, texts: Texts) => name?.split(" ")[0] || texts.mail_a_friend;
