import type { Promised } from "../../campaigns/reward/reward-promise";
import { channelName, channelsAllowed } from "../../campaigns/widget/channels";
import { ownFont } from "../../campaigns/widget/widget";
import type { Widget } from "../../campaigns/widget/widget-schema";
import { languageFor, textsOf } from "../../texts/text";
import type { LetterFacts } from "../email-content/email-content";
import type { EditedMail } from "./email-draft";

type Sample = {
  kind: EditedMail;
  words: { subject: string | null; message: string | null };
  widget: Pick<Widget, "language" | "texts" | "color" | "font_family" | "socials_allowed">;
  brand: { name: string; url: string; logo_url: string | null };
  campaign_name: string;
  promised: Promised;
  person: { name: string | null; email: string };
  origin: string;
};

/** A campaign's email with sample values, addressed to this person. Its links do not work. */
export const sampleFacts = ({
  kind,
  words,
  widget,
  brand,
  campaign_name,
  promised,
  person,
  origin,
}: Sample): LetterFacts => ({
  kind,
  language: languageFor(widget.language, undefined),
  texts: widget.texts,
  ...words,
  brand: { ...brand, color: widget.color, font_family: ownFont(widget) },
  campaign_name,
  ...person,
  referral_url: `${origin}/t/sample`,
  promised,
  reward: kind.endsWith("reward") || kind === "admitted" ? "THANKS-4711" : null,
  sender_name: null,
  link: `${origin}/status/sample`,
  unsubscribe_url: null,
  progress: { current: Math.max(0, promised.goal.target - 1), target: promised.goal.target },
  friend_name: "Grace H.",
  recap: { friends: 2, clicks: 14 },
  shares: channelsAllowed(widget.socials_allowed)
    .filter(({ place }) => place !== "phone")
    .slice(0, 5)
    .map((channel) => ({
      label: channelName(channel, textsOf(languageFor(widget.language, undefined), widget.texts)),
      url: `${origin}/t/sample`,
    })),
});
