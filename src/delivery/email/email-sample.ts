import type { Promised } from "../../campaigns/reward/reward-promise";
import type { Widget } from "../../campaigns/widget/widget-schema";
import { languageFor } from "../../texts/text";
import type { LetterFacts } from "../email-content/email-content";
import type { CampaignMail } from "./email-draft";

type Sample = {
  kind: CampaignMail;
  words: { subject: string | null; message: string | null };
  widget: Pick<Widget, "language" | "texts" | "color">;
  brand: { name: string; url: string; logo_url: string | null };
  campaign_name: string;
  promised: Promised;
  person: { name: string | null; email: string };
  origin: string;
};

/** A campaign's email with sample values, addressed to this person. Its links lead nowhere. */
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
  brand: { ...brand, color: widget.color },
  campaign_name,
  ...person,
  referral_url: `${origin}/t/sample`,
  promised,
  reward: kind === "entry" ? null : "THANKS-4711",
  sender_name: null,
  link: `${origin}/status/sample`,
  unsubscribe_url: null,
});
