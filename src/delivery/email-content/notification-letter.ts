import { fill, type Texts, textsOf } from "../../texts/text";
import type { Letter } from "./email-content";
import { htmlOf } from "./email-layout";
import { plainMessageOf } from "./own-message";
import { oneLine, prose, shortened, webUrl } from "./placeholders";
import { textOf } from "./plain-text";

/** An email about an account to someone who works in it. Its texts are final. */
export type NotificationFacts = {
  kind: "notification";
  subject: string;
  message: string;
  rows: { label: string; value: string; note: string }[];
  button: string;
  /** The recipient's name. */
  name: string | null;
  account_name: string;
  link: string;
  settings_url: string;
  unsubscribe_url: string;
};

const REASON = "You’re receiving this email because you work in {account}. Choose your emails: {url}";
const ROWS_MAX = 10;
const [SUBJECT_MAX, PREHEADER_MAX] = [200, 140];
const SENDER = { name: "Referrals", url: null, logo: null, color: "", font: "" };

export function notificationLetter(facts: NotificationFacts): Letter {
  const texts: Texts = textsOf("en", {});
  const subject = shortened(oneLine(facts.subject), SUBJECT_MAX);
  const more = facts.rows.length - ROWS_MAX;
  const rows = facts.rows.slice(0, ROWS_MAX).map(({ label, value, note }) => ({
    label: shortened(oneLine(label), PREHEADER_MAX),
    value: shortened(prose(value), PREHEADER_MAX),
    note: oneLine(note),
  }));
  const parts = {
    language: "en",
    subject,
    heading: subject,
    preheader: shortened(oneLine(facts.message), PREHEADER_MAX),
    message: plainMessageOf(facts.message, {}),
    panel: null,
    progress: null,
    shares: null,
    rows: more > 0 ? [...rows, { label: `And ${more} more`, value: "", note: "" }] : rows,
    button: { url: webUrl(facts.link) ?? "", label: facts.button },
    fallback: texts.mail_button_fallback,
    sender: SENDER,
    reason: fill(REASON, { account: oneLine(facts.account_name), url: facts.settings_url }),
    unsubscribe: { url: facts.unsubscribe_url, label: texts.mail_unsubscribe },
  };
  return { subject, text: textOf(parts), html: htmlOf(parts) };
}
