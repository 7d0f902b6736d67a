import type { LetterFacts } from "../letters/letter";
import { languageFor, textsOf } from "../texts/text";
import type { Widget } from "../widgets/schema";
import { asWidget } from "../widgets/widget";
import { type CampaignMail, campaignMails, MailDraft, wordsIn } from "./draft";
import type { Leased } from "./store";

type Sample = {
  kind: CampaignMail;
  words: { subject: string | null; message: string | null };
  widget: Pick<Widget, "language" | "texts" | "color">;
  brand: { name: string; url: string; logo_url: string | null };
  campaign_name: string;
  person: { name: string | null; email: string };
  origin: string;
};

/** A mail of a campaign as it would be to this person, had he taken part. Its links lead nowhere. */
export const sampleFacts = ({ kind, words, widget, brand, campaign_name, person, origin }: Sample): LetterFacts => ({
  kind,
  language: languageFor(widget.language, undefined),
  texts: widget.texts,
  ...words,
  brand: { ...brand, color: widget.color },
  campaign_name,
  ...person,
  referral_url: `${origin}/t/sample`,
  reward: kind === "entry" ? null : "THANKS-4711",
  sender_name: null,
  link: `${origin}/status/sample`,
  unsubscribe_url: null,
});

/** A test, of what its editor holds or else of what is published. It says what it is. */
export function testLetter(mail: Omit<Leased, "kind">, person: { name: string | null; email: string }): LetterFacts {
  const { campaign, cause, origin, campaign_id } = mail;
  const kind = campaignMails.find((known) => known === cause.split(":")[1]) ?? "entry";
  const draft = MailDraft.safeParse(campaign.draft);
  const words = wordsIn(kind, draft.success ? draft.data : campaign);
  const widget = asWidget({ campaign_id: campaign_id ?? 0, settings: campaign.widget ?? {} });
  const facts = sampleFacts({
    kind,
    words,
    widget,
    brand: { name: campaign.domain ?? "", url: campaign.url ?? "", logo_url: campaign.logo_url },
    campaign_name: campaign.name ?? "",
    person,
    origin,
  });
  const subject = words.subject?.trim() || textsOf(facts.language, facts.texts)[`mail_${kind}_subject`];
  return { ...facts, subject: `[Test] ${subject}` };
}
