import type { Texts } from "../../texts/text";
import { fill } from "../../texts/text";

/**
 * Channels with a URL for sharing, in the order shown. `{url}`, `{text}` and `{subject}` are filled in percent-encoded.
 */
export const channels = [
  { social_type: 5, name: "WhatsApp", href: "https://wa.me/?text={text}%20{url}" },
  { social_type: 1, name: "Facebook", href: "https://www.facebook.com/sharer/sharer.php?u={url}" },
  { social_type: 2, name: "X", href: "https://x.com/intent/post?text={text}&url={url}" },
  { social_type: 3, name: "LinkedIn", href: "https://www.linkedin.com/sharing/share-offsite/?url={url}" },
  { social_type: 4, name: null, href: "mailto:?subject={subject}&body={text}%20{url}" },
] as const;

/** The channels that a campaign allows. An empty list allows all. */
export const channelsAllowed = (allowed: number[]) =>
  channels.filter(({ social_type }) => allowed.length === 0 || allowed.includes(social_type));

/** A channel's URL with its texts filled in. `{url}` stays until the participant's link is known. */
export const addressOf = (href: string, words: Texts, campaign: string) =>
  fill(href, { text: encodeURIComponent(words.share_message), subject: encodeURIComponent(campaign) });

export const withLink = (address: string, url: string) => address.replace("{url}", encodeURIComponent(url));
