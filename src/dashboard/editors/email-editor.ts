import type { Session } from "../../auth/sessions/session";
import { changeCampaign } from "../../campaigns/campaign/campaign";
import { campaignHead } from "../../campaigns/campaign-head";
import { droppingDraft, savingDraft, storedDraft } from "../../campaigns/drafts/draft";
import { storedLander } from "../../campaigns/lander/lander";
import { storedCampaign } from "../../campaigns/ownership";
import { promisedBy } from "../../campaigns/reward/reward-promise";
import { asWidget, storedWidget } from "../../campaigns/widget/widget";
import { changeOf, draftOf, type EditedMail, MailDraft, wordsIn } from "../../delivery/email/email-draft";
import { sampleFacts } from "../../delivery/email/email-sample";
import { type Letter, letterOf, places } from "../../delivery/email-content/email-content";
import { strangePlaces } from "../../delivery/email-content/placeholders";
import type { MemberCtx } from "../../lib/ctx";
import { commit } from "../../lib/db";
import { shownDomain } from "../../lib/domain";
import { AppError, notFound } from "../../lib/errors";
import { testMail } from "../../outbox/emails/email";
import { hintMails } from "../../outbox/emails/email-outbox";
import { idsOf } from "../../outbox/queue";
import { languageFor, textsOf } from "../../texts/text";

/** A campaign's emails with the draft, for the editor. @throws 404 */
export async function mailsInEditor(ctx: MemberCtx, campaignId: number) {
  const { memberId } = ctx.actor;
  const [[head], [campaign], [widget], [lander], [draft]] = await ctx.db.batch([
    campaignHead(ctx, campaignId),
    storedCampaign(ctx, campaignId),
    storedWidget(ctx.db, memberId, campaignId),
    storedLander(ctx.db, memberId, campaignId),
    storedDraft(ctx, campaignId, "mail"),
  ]);
  if (!head || !campaign || !widget || !lander) throw notFound("campaign");
  const settings = MailDraft.safeParse(draft?.settings);
  return {
    head,
    campaign,
    widget: asWidget(widget),
    brand: { name: shownDomain(lander.brand_name), url: lander.url, logo_url: lander.logo_url },
    shown_reward: lander.shown_reward,
    draft: draft ?? null,
    settings: settings.success ? settings.data : draftOf(campaign),
  };
}

type InEditor = Awaited<ReturnType<typeof mailsInEditor>>;

/** The default texts, in the campaign's language. */
export const ourWords = ({ widget }: InEditor) => textsOf(languageFor(widget.language, undefined), widget.texts);

/**
 * An email with these texts or the draft's, addressed to the signed-in person, and its unknown placeholders.
 * @throws 404
 */
export async function mailPreview(
  ctx: MemberCtx,
  campaignId: number,
  kind: EditedMail,
  session: Session,
  sent: Partial<MailDraft> | null,
): Promise<{ letter: Letter; isOn: boolean; strange: string[] }> {
  const { campaign, widget, brand, shown_reward, settings } = await mailsInEditor(ctx, campaignId);
  const person = { name: session.person_name, email: session.person_email };
  const words = wordsIn(kind, sent ?? settings);
  const facts = sampleFacts({
    kind,
    words,
    widget,
    brand,
    campaign_name: campaign.name,
    promised: promisedBy({ ...campaign, shown_reward }),
    person,
    origin: ctx.origin,
  });
  const strange = strangePlaces(`${words.subject ?? ""}\n${words.message ?? ""}`, places);
  return { letter: letterOf(facts), isOn: (sent ?? settings)[`${kind}_on`] === true, strange };
}

/** Publishes the editor's content and deletes the draft. @throws 404 */
export async function publishMails(ctx: MemberCtx, campaignId: number, draft: MailDraft): Promise<void> {
  const { widget, campaign } = await mailsInEditor(ctx, campaignId);
  const effects = [...ctx.effects, droppingDraft(ctx, campaignId, "mail")];
  const change = changeOf(draft, campaign, languageFor(widget.language, undefined), widget.texts);
  await changeCampaign({ ...ctx, effects }, campaignId, change);
}

/**
 * Saves the draft and sends one of its emails to the signed-in person.
 * @throws 404, or 400 if their email is not verified or they sent too many tests
 */
export async function sendTest(
  ctx: MemberCtx,
  campaignId: number,
  kind: EditedMail,
  session: Session,
  draft: MailDraft,
): Promise<void> {
  const [saved, mails] = await commit(
    ctx,
    savingDraft(ctx, campaignId, "mail", draft),
    testMail(ctx, campaignId, session.person_id, kind),
  );
  if (saved.length === 0) throw notFound("campaign");
  if (mails.length === 0) throw new AppError("invalid_request", refusalFor(session));
  ctx.later(hintMails(ctx.env, idsOf(mails)));
}

const refusalFor = ({ is_verified }: Session) =>
  is_verified
    ? "The draft is saved, but you have sent today's limit of 20 tests."
    : "The draft is saved. To send tests, first verify your email with the link we sent you.";
