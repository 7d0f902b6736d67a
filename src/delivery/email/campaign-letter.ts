import { participantLinkToken } from "../../auth/token";
import { amountInWords, type Promised, promisedBy } from "../../campaigns/reward/reward-promise";
import {
  addressOf,
  channelName,
  channelsAllowed,
  firstName,
  messageFor,
  withLink,
} from "../../campaigns/widget/channels";
import { asWidget, ownFont } from "../../campaigns/widget/widget";
import type { Widget } from "../../campaigns/widget/widget-schema";
import { withMoney } from "../../ledger/records/earned-reward";
import { linkOrigin } from "../../ledger/records/landing";
import { DIRECT, referralCode, shareUrl } from "../../ledger/records/referral-code";
import { kindOf } from "../../ledger/records/reward-kinds";
import { shownDomain } from "../../lib/domain";
import { shownEmail } from "../../lib/email-address";
import type { Env } from "../../lib/env";
import { confirmationUrl } from "../../participants/confirmations/confirmation-link";
import { shortName } from "../../participants/leaderboard";
import { dayIn, fill, languageFor, type Texts, textsOf } from "../../texts/text";
import type { LetterFacts } from "../email-content/email-content";
import type { Link } from "../email-content/email-parts";
import type { Leased } from "./email-facts-store";
import type { Person, Real } from "./person";
import { unsubscribeUrl } from "./unsubscribe-link";

/** The social type of share links in emails. */
const MAIL = 4;

export async function campaignLetter(
  env: Env,
  mail: Real,
  { email, name }: Person,
  recipient: string,
): Promise<LetterFacts> {
  const { kind, origin, participant, campaign, member_id } = mail;
  const campaign_id = mail.campaign_id ?? 0;
  const participant_id = participant.id ?? 0;
  const isInvitation = kind === "invitation";
  const referral = isInvitation
    ? { campaign_id, participant_id, social_type: MAIL, invited_id: mail.invitation.id }
    : { campaign_id, participant_id, social_type: DIRECT };
  const referral_url = shareUrl(linkOrigin(origin, campaign), await referralCode(env, referral));
  const widget = asWidget({ campaign_id, settings: campaign.widget ?? {}, kit: campaign.kit });
  const language = languageFor(widget.language, participant.language ?? undefined);
  const promised = promisedBy(campaign);
  return {
    kind,
    language,
    texts: widget.texts,
    ...ownWords(mail),
    brand: {
      name: shownDomain(campaign.brand_name ?? ""),
      url: campaign.url ?? "",
      logo_url: campaign.logo_url,
      color: widget.color,
      font_family: ownFont(widget),
    },
    campaign_name: campaign.name ?? "",
    name,
    email: shownEmail(email),
    referral_url,
    promised,
    progress: progressOf(participant, promised.goal),
    friend_name: shortName(participant.friend_name),
    recap: { friends: participant.week_friends ?? 0, clicks: participant.click_count ?? 0 },
    shares: await shareLinks(env, { widget, mail, language, promised }),
    ...rewardInWords(mail.reward, textsOf(language, widget.texts), language),
    sender_name: isInvitation ? participant.name : null,
    link: await linkOf(env, mail, referral_url),
    unsubscribe_url: await unsubscribeUrl(env, origin, member_id, recipient, mail.date_added),
  };
}

const progressOf = ({ referral_count, visit_count }: Leased["participant"], { type, target }: Promised["goal"]) => ({
  current: (type === "visit" ? visit_count : referral_count) ?? 0,
  target,
});

/** The first channels that also work on a computer, each with its own link. */
const SHARED_MAX = 5;

type Sharing = { widget: Widget; mail: Real; language: string; promised: Promised };

async function shareLinks(env: Env, { widget, mail, language, promised }: Sharing): Promise<Link[]> {
  const { campaign, participant, origin } = mail;
  const texts = textsOf(language, widget.texts);
  const brand_name = shownDomain(campaign.brand_name ?? "");
  const words = { widget, campaign_name: campaign.name ?? "", brand_name, reward: promised.reward };
  const shown = channelsAllowed(widget.socials_allowed).filter(({ place }) => place !== "phone");
  return Promise.all(
    shown.slice(0, SHARED_MAX).map(async (channel) => {
      const { social_type, href } = channel;
      const of = { campaign_id: mail.campaign_id ?? 0, participant_id: participant.id ?? 0, social_type };
      const address = addressOf(href, messageFor(words, texts, social_type), words.campaign_name);
      const link = shareUrl(linkOrigin(origin, campaign), await referralCode(env, of));
      return { label: channelName(channel, texts), url: withLink(address, link, firstName(participant.name, texts)) };
    }),
  );
}

/**
 * The URL in an email: the participant's own page, or the share link in an invitation. Signed with the time of the
 * request, like members' links. A link that someone has just requested opens the page for a day, any other for a week.
 */
async function linkOf(env: Env, { kind, origin, participant, date_added, ...mail }: Leased, referral_url: string) {
  const [campaign_id, id] = [mail.campaign_id ?? 0, participant.id ?? 0];
  if (kind === "invitation") return referral_url;
  if (kind === "confirm" || kind === "proof")
    return confirmationUrl(env, origin, { campaign_id, participant_id: id }, date_added);
  const days = kind === "magic_link" ? 1 : 7;
  return `${origin}/status/${await participantLinkToken(env, { id, campaign_id }, date_added, days)}`;
}

function ownWords({ kind, campaign }: Leased): Pick<LetterFacts, "subject" | "message"> {
  if (kind === "entry") return { subject: campaign.campaign_entry_subject, message: campaign.campaign_entry_message };
  if (kind === "reward") return { subject: campaign.reward_notify_subject, message: campaign.reward_notify_message };
  if (kind === "twoway_reward")
    return { subject: campaign.twoway_reward_notify_subject, message: campaign.twoway_reward_notify_message };
  if (kind === "admitted")
    return { subject: campaign.admitted_notify_subject, message: campaign.admitted_notify_message };
  return { subject: null, message: null };
}

/**
 * The earned reward as text: a code, an amount, a URL, or a message. A code that expires is also returned separately
 * from its last day.
 */
function rewardInWords({ reward_type, ...row }: Leased["reward"], texts: Texts, language: string) {
  if (reward_type === null) return { reward: null };
  const reward = { ...withMoney({ ...row, reward_type }), type: kindOf(reward_type) };
  const value = reward.coupon ?? amountInWords(reward, texts, language) ?? reward.redirect_url ?? reward.custom_message;
  const last = reward.coupon === null ? null : row.coupon_last_day;
  const end = last ? new Date(last) : reward.type === "credit" ? row.expires_at : null;
  if (value === null || end === null) return { reward: value };
  const day = dayIn(language, end);
  const words = fill(texts.mail_reward_until, { reward: value, day });
  return { reward: words, ...(last && { coupon: { code: value, validity: fill(texts.coupon_valid, { day }) } }) };
}
