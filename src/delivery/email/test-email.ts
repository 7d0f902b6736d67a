import { promisedBy } from "../../campaigns/reward/reward-promise";
import { asWidget } from "../../campaigns/widget/widget";
import { shownDomain } from "../../lib/domain";
import { textsOf } from "../../texts/text";
import type { LetterFacts } from "../email-content/email-content";
import { editedMails, MailDraft, wordsIn } from "./email-draft";
import type { Leased } from "./email-facts-store";
import { sampleFacts } from "./email-sample";

/** A test email with the editor's draft, or with the published texts. It is marked as a test. */
export function testLetter(mail: Omit<Leased, "kind">, person: { name: string | null; email: string }): LetterFacts {
  const { campaign, cause, origin, campaign_id } = mail;
  const kind = editedMails.find((known) => known === cause.split(":")[1]) ?? "entry";
  const draft = MailDraft.safeParse(campaign.draft);
  const words = wordsIn(kind, draft.success ? draft.data : campaign);
  const widget = asWidget({ campaign_id: campaign_id ?? 0, settings: campaign.widget ?? {}, kit: campaign.kit });
  const facts = sampleFacts({
    kind,
    words,
    widget,
    brand: { name: shownDomain(campaign.brand_name ?? ""), url: campaign.url ?? "", logo_url: campaign.logo_url },
    campaign_name: campaign.name ?? "",
    promised: promisedBy(campaign),
    person,
    origin,
  });
  const subject = words.subject?.trim() || textsOf(facts.language, facts.texts)[`mail_${kind}_subject`];
  return { ...facts, subject: `[Test] ${subject}` };
}
