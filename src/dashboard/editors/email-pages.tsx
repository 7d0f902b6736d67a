import { audited, unaudited } from "../../auth/audited";
import type { PageContext } from "../../auth/page-session";
import type { Session } from "../../auth/sessions/session";
import { dropDraft, saveDraft } from "../../campaigns/drafts/draft";
import { rewardsFriends } from "../../campaigns/reward/reward-settings-schema";
import {
  type CampaignMail,
  campaignMails,
  editedMails,
  fieldsOf,
  friendMails,
  MailDraft,
} from "../../delivery/email/email-draft";
import { places } from "../../delivery/email-content/email-content";
import { escaped } from "../../delivery/email-content/placeholders";
import { INERT, sendPage } from "../../lib/html";
import { createPages } from "../doors/pages";
import { campaignBody, campaignIdIn } from "../ui/campaign-frame";
import { edits } from "../ui/edits";
import { Check, Input, TextArea } from "../ui/field";
import type { Form } from "../ui/form";
import { doneAt, show } from "../ui/layout";
import type { Notice } from "../ui/notices";
import { shown } from "../ui/seen";
import { Editor } from "./editor";
import { Group } from "./editor-fields";
import { mailPreview, mailsInEditor, ourWords, publishMails, sendTest } from "./email-editor";
import { ABOUT } from "./email-words";
import { inert } from "./preview-page";
import { asSent, lookedAt, lookIn } from "./sent-form";

const PATH = "/campaigns/:campaignId/mail";
const pathOf = (campaignId: number) => `/campaigns/${campaignId}/mail`;
const FORMS = ["light", "dark", "text"] as const;

export const mailPages = createPages([PATH]);

async function sendEditor(c: PageContext, sent?: Form<unknown>) {
  const id = campaignIdIn(c);
  const found = await mailsInEditor(c.var.ctx, id);
  const { head, campaign, draft, settings } = found;
  const form = sent ?? shown(settings);
  const texts = ourWords(found);
  const body = campaignBody(
    head,
    "/mail",
    <Editor
      path={pathOf(id)}
      form={form}
      draft={draft}
      maySend={c.var.session.role !== "viewer"}
      desktop={680}
      looks={editedMails.map((kind) => [kind, ABOUT[kind].title] as const)}
      forms={[
        ["light", "Light"],
        ["dark", "Dark"],
        ["text", "Text"],
      ]}
      button={<TestButton path={pathOf(id)} session={c.var.session} />}
    >
      <p class="hint">
        {campaign.double_opt_in
          ? "Before these, each participant gets a confirmation email because double opt-in is on."
          : "No confirmation email is sent, because double opt-in is off."}{" "}
        <a href={`/campaigns/${id}/settings`}>Settings</a>
      </p>
      <p class="hint">
        The name and logo come from the <a href={`/brands/${head.brand_id}/kit`}>brand kit</a>, the color from the{" "}
        <a href={`/campaigns/${id}/widget`}>widget</a>.
      </p>
      {campaignMails.map((kind) => (
        <MailFields kind={kind} form={form} texts={texts} neverSent={neverSent(campaign, kind)} />
      ))}
      <Group title="About friends" open>
        <p class="hint">
          These use default texts in each participant's language. Everyone can unsubscribe from all of them.
        </p>
        {friendMails.map((kind) => (
          <Check form={form} name={`${kind}_on`} label={ABOUT[kind].title} hint={`Sent ${ABOUT[kind].when}.`} />
        ))}
      </Group>
    </Editor>,
  );
  const title = `Emails · ${head.name}`;
  return show(c, { title, section: "/campaigns", body, frames: ["'self'"], status: sent ? 400 : 200 });
}

const TestButton = ({ path, session }: { path: string; session: Session }) => (
  <button
    type="submit"
    class="button"
    formaction={`${path}/test`}
    title={`Saves the draft and sends the previewed email to ${session.person_email}`}
  >
    Send test
  </button>
);

/** Why the campaign's settings never cause an email of this kind. Null if they can. */
function neverSent(campaign: Parameters<typeof rewardsFriends>[0] & { waitlist_enabled: boolean }, kind: CampaignMail) {
  if (kind === "twoway_reward" && !rewardsFriends(campaign)) return "friends get no reward";
  if (kind === "admitted" && !campaign.waitlist_enabled) return "nobody is on a waitlist";
  return null;
}

/** A default text, with placeholders in the form that the buttons insert. */
const shownPlaces = (text: string) => text.replace(/\{(\w+)\}/g, "{{$1}}");

type MailFieldsProps = {
  kind: CampaignMail;
  form: Form<unknown>;
  texts: ReturnType<typeof ourWords>;
  neverSent: string | null;
};

const MailFields = ({ kind, form, texts, neverSent }: MailFieldsProps) => {
  const { subject, message } = fieldsOf[kind];
  const { title, when } = ABOUT[kind];
  return (
    <Group title={title} open>
      <Check form={form} name={`${kind}_on`} label="Send this email" hint={`Sent ${when}.`} />
      {neverSent && <p class="hint">With the current settings, {neverSent}, so this email is never sent.</p>}
      <Input
        form={form}
        name={subject}
        label="Subject"
        maxlength={250}
        placeholder={shownPlaces(texts[`mail_${kind}_subject`])}
      />
      <TextArea
        form={form}
        name={message}
        label="Message"
        rows={7}
        maxlength={10_000}
        placeholder={shownPlaces(texts[`mail_${kind}_message`])}
        hint="Leave empty for the default text. A blank line starts a new paragraph. Basic HTML allowed."
      />
      <div class="places" data-places={`${subject} ${message}`}>
        <span class="quiet">Insert:</span>
        {places
          .filter((place) => place !== "reward" || kind !== "entry")
          .map((place) => (
            <button type="button" class="button" data-place={`{{${place}}}`} disabled>
              <code>{`{{${place}}}`}</code>
            </button>
          ))}
      </div>
    </Group>
  );
};

mailPages.get(PATH, (c) => sendEditor(c));

const saves = (notice: Notice, save: (c: PageContext, id: number, draft: MailDraft) => Promise<void>) =>
  edits({
    schema: MailDraft,
    stored: async (c: PageContext) => (await mailsInEditor(c.var.ctx, campaignIdIn(c))).settings,
    page: sendEditor,
    run: async (c, draft) => {
      const id = campaignIdIn(c);
      await save(c, id, draft);
      return c.redirect(doneAt(pathOf(id), notice), 303);
    },
  });

mailPages.post(
  PATH,
  audited("Saved a draft of the emails"),
  saves("draft_saved", (c, id, draft) => saveDraft(c.var.ctx, id, "mail", draft)),
);

mailPages.post(
  `${PATH}/publish`,
  audited("Published the emails"),
  saves("published", (c, id, draft) => publishMails(c.var.ctx, id, draft)),
);

mailPages.post(`${PATH}/revert`, audited("Discarded the draft of the emails"), async (c) => {
  const id = campaignIdIn(c);
  await dropDraft(c.var.ctx, id, "mail");
  return c.redirect(doneAt(pathOf(id), "reverted"), 303);
});

mailPages.post(
  `${PATH}/test`,
  audited("Sent themselves a test email"),
  saves("test_mail_sent", async (c, id, draft) =>
    sendTest(c.var.ctx, id, await lookIn(c, editedMails), c.var.session, draft),
  ),
);

mailPages.get(`${PATH}/preview`, (c) => sendPreview(c, null));
mailPages.post(`${PATH}/preview`, unaudited("It shows a preview and changes nothing."), async (c) =>
  sendPreview(c, await lookedAt(c, MailDraft.partial(), asSent)),
);

async function sendPreview(c: PageContext, sent: Partial<MailDraft> | null) {
  const kind = await lookIn(c, editedMails);
  const as = await lookIn(c, FORMS, "as");
  const preview = await mailPreview(c.var.ctx, campaignIdIn(c), kind, c.var.session, sent);
  if (as === "text") return sendPage(c, inert(textPage(preview)));
  return c.body(shownAs(as, preview), 200, {
    "Content-Type": "text/html; charset=utf-8",
    "Cache-Control": "private, no-store",
    "Referrer-Policy": "no-referrer",
    // An email has inline styles and runs no scripts.
    "Content-Security-Policy": [
      "default-src 'none'; style-src 'unsafe-inline'; img-src 'self' https: data:; base-uri 'none'",
      ...INERT,
    ].join("; "),
  });
}

type Preview = Awaited<ReturnType<typeof mailPreview>>;

const headOf = ({ letter, isOn }: Preview) => (isOn ? letter.subject : `Off (not sent): ${letter.subject}`);

const warningOf = ({ strange }: Preview) =>
  strange.length === 0 ? null : `Unknown placeholder ${strange.join(", ")}. Readers see it as text.`;

const textPage = (preview: Preview) => ({
  title: preview.letter.subject,
  language: "en",
  css: "body{margin:0;padding:20px;font:14px/1.6 ui-monospace,Menlo,Consolas,monospace;background:#fff;color:#1f2937}p{margin:0 0 16px;font:14px/1.5 system-ui,sans-serif;color:#8a4b00}pre{margin:0;white-space:pre-wrap;overflow-wrap:anywhere;font:inherit}h1{font:600 15px/1.4 system-ui,sans-serif;margin:0 0 16px;padding-block-end:12px;border-block-end:1px solid #e3e6eb}",
  body: (
    <main>
      <h1>{headOf(preview)}</h1>
      {warningOf(preview) && <p>{warningOf(preview)}</p>}
      <pre>{preview.letter.text}</pre>
    </main>
  ),
});

/** Dark mode depends on the reader's device. Here it is forced on or off. The subject line is shown above the email. */
function shownAs(as: "light" | "dark", preview: Preview) {
  const warning = warningOf(preview);
  const [colors, warns] = as === "dark" ? ["#1a1b1f;color:#f3f4f6", "#f5c26b"] : ["#fff;color:#111827", "#8a4b00"];
  const above = `<div style="padding:12px 20px;font:600 15px/1.4 system-ui,sans-serif;background:${colors};border-bottom:1px solid #8884">${escaped(headOf(preview))}${
    warning
      ? `<p role="alert" style="margin:6px 0 0;font-weight:400;font-size:14px;color:${warns}">${escaped(warning)}</p>`
      : ""
  }</div>`;
  return preview.letter.html
    .replace("@media (prefers-color-scheme: dark)", as === "dark" ? "@media all" : "@media not all")
    .replace("<head>", '<head><base target="_blank">')
    .replace(/<body[^<>]*>/, (body) => body + above);
}
