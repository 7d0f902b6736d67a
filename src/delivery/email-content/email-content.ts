import { friendMails } from "../../../drizzle/schema/campaigns";
import { type Promised, rewardNamed, rewardPromise } from "../../campaigns/reward/reward-promise";
import { plainText } from "../../lib/richtext";
import { count, directionOf, fill, languageFor, numberIn, type Texts, textsOf } from "../../texts/text";
import { htmlOf } from "./email-layout";
import type { Link, Parts } from "./email-parts";
import { type NotificationFacts, notificationLetter } from "./notification-letter";
import { messageOf, plainMessageOf } from "./own-message";
import { fillPlain, hasPlace, nameOr, oneLine, prose, shortened, type Values, webUrl, writerOr } from "./placeholders";
import { textOf } from "./plain-text";

export type LetterKind =
  | "entry"
  | "reward"
  | "twoway_reward"
  | "admitted"
  | "wallet"
  | "invitation"
  | "magic_link"
  | "confirm"
  | "proof"
  | "verify_member"
  | "reset_password"
  | "webhook_disabled"
  | "email_changed"
  | "team_invitation"
  | "domain_unproven"
  | FriendKind
  | NoticeKind;

type FriendKind = (typeof friendMails)[number];
const isAboutFriends = (kind: LetterKind) => friendMails.some((one) => one === kind);

/** Notices to a member about their account. A panel shows what happened. */
const noticeKinds = ["password_changed", "key_created", "second_factor_changed", "new_sign_in"] as const;
type NoticeKind = (typeof noticeKinds)[number];
const isNotice = (kind: LetterKind): kind is NoticeKind => noticeKinds.some((one) => one === kind);
/**
 * The kind that shares this kind's texts. Notices share their button and reason. Emails about friends share those of
 * the welcome, and a proof those of a confirmation.
 */
const familyOf = (kind: LetterKind) =>
  isNotice(kind)
    ? "notice"
    : isAboutFriends(kind)
      ? "entry"
      : kind === "proof"
        ? "confirm"
        : (kind as Exclude<LetterKind, NoticeKind | FriendKind | "proof">);

/**
 * The facts for writing an email. Values are as stored. They are escaped here, depending on where they are inserted.
 */
export type LetterFacts = {
  kind: LetterKind;
  language: string;
  /** Texts that the campaign overrides. */
  texts: Record<string, string>;
  /** The campaign's own templates. Null: the default text in this language. */
  subject: string | null;
  message: string | null;
  /** Null if the sender is the product itself. */
  brand: { name: string; url: string; logo_url: string | null; color: string; font_family?: string } | null;
  /** The email's subject matter: the campaign's name, an endpoint URL, or what happened in the account. */
  campaign_name: string;
  name: string | null;
  email: string;
  referral_url: string | null;
  /** The reward for participants and their friends. Null if the email does not mention it. */
  promised: Promised | null;
  /** The reward as text: a code, a URL, an amount, or a message. */
  reward: string | null;
  /** A code that expires, and a text about its last day. `reward` combines both. */
  coupon?: { code: string; validity: string };
  sender_name: string | null;
  /** The button's URL. */
  link: string | null;
  /** The share links, in emails that ask the participant to share. */
  shares?: Link[];
  /** The participant's progress toward the goal. */
  progress?: { current: number; target: number } | null;
  /** The name of the friend who joined, in the form that others may see. */
  friend_name?: string | null;
  /** A weekly recap: the friends who joined that week, and the total clicks. */
  recap?: { friends: number; clicks: number } | null;
  unsubscribe_url: string | null;
};

export type Letter = { subject: string; text: string; html: string };

/** The sender's name if the sender is the product itself. */
const PRODUCT = "Referrals";
const SUBJECT_MAX_CHARACTERS = 200;
const PREHEADER_MAX_CHARACTERS = 140;

export function letterOf(facts: LetterFacts | NotificationFacts): Letter {
  if (facts.kind === "notification") return notificationLetter(facts);
  const { kind, unsubscribe_url } = facts;
  const texts = textsOf(facts.language, facts.texts);
  const values = valuesOf(facts, texts);
  const ours = { ...values, ...sendersOf(facts, texts) };
  const own = facts.message?.trim() ? facts.message : null;
  const template = templateOf(facts, texts);
  const subject = subjectOf(facts.subject, values) || subjectOf(texts[`mail_${kind}_subject`], ours);
  const message = own ? messageOf(own, values) : plainMessageOf(`${greetingOf(facts, texts)}\n\n${template}`, ours);
  const parts: Parts = {
    language: languageFor(facts.language, undefined),
    subject,
    heading: own ? null : subject,
    preheader: shortened(oneLine(own ? message.text : filled(template, ours)), PREHEADER_MAX_CHARACTERS),
    message,
    panel: panelOf(facts, own, texts),
    progress: progressOf(facts, texts),
    shares: sharesOf(facts, texts),
    button: buttonOf(facts, texts),
    fallback: texts.mail_button_fallback.slice(0, TEXT_MAX_CHARACTERS),
    sender: senderOf(facts),
    reason: filled(texts[`mail_${familyOf(kind)}_reason`], ours),
    unsubscribe: linkOf(unsubscribe_url, texts.mail_unsubscribe),
  };
  return { subject, text: textOf(parts), html: htmlOf(parts) };
}

/** Our default text. A welcome email also says what there is to earn. */
function templateOf({ kind, language, promised }: LetterFacts, texts: Texts) {
  const template = texts[`mail_${kind}_message`];
  if (kind !== "entry" || !promised) return template;
  return `${template}\n\n${rewardPromise(texts, language, promised).slice(0, TEXT_MAX_CHARACTERS)}`;
}

/** The participant's progress toward the goal, in the emails that show it. */
function progressOf({ kind, language, promised, progress }: LetterFacts, texts: Texts): Parts["progress"] {
  if (!progress || !promised || !SHOWS_PROGRESS.has(kind)) return null;
  const label = promised.goal.type === "visit" ? texts.goal_visit : texts.goal_signup;
  const mark = directionOf(language) === "rtl" ? LEFT_TO_RIGHT : "";
  const said = `${mark}${numberIn(language, progress.current)} / ${numberIn(language, progress.target)}`;
  const gift = rewardNamed(promised.reward, texts, language);
  const note = oneLine(fill(texts.promise, { when: texts.mail_reward_label, gift }));
  return { label: oneLine(label), said, share: Math.min(1, progress.current / progress.target), note };
}
/** Keeps the order of `2 / 3` in plain text. */
const LEFT_TO_RIGHT = "\u200e";
const SHOWS_PROGRESS = new Set<LetterKind>(["friend_joined", "one_to_go", "recap"]);

function sharesOf({ kind, shares = [] }: LetterFacts, texts: Texts): Parts["shares"] {
  if (!ASKS_TO_SHARE.has(kind)) return null;
  const links = shares.flatMap(({ url, label }) => linkOf(url, label) ?? []);
  return links.length > 0 ? { label: oneLine(texts.mail_share_label), links } : null;
}
const ASKS_TO_SHARE = new Set<LetterKind>(["entry", "one_to_go", "reminder"]);

/** The placeholders that campaign templates support. */
export const places = ["name", "email", "referral_url", "campaign_name", "reward"] as const;

/** The values of the placeholders. A missing or unusable name is replaced by a word that fits. */
const valuesOf = (
  { name, email, referral_url, campaign_name, reward }: LetterFacts,
  texts: Texts,
): Record<(typeof places)[number], string> => ({
  name: nameOr(name, texts.mail_there),
  email: oneLine(email),
  referral_url: webUrl(referral_url) ?? "",
  campaign_name: oneLine(campaign_name),
  reward: rewardOf(reward ?? "") || texts.mail_your_reward,
});

const URL_MAX_CHARACTERS = 2048;

/** A truncated URL would not work, so a URL is kept whole. Other texts are cut at the maximum length. */
const rewardOf = (reward: string) => (reward.length <= URL_MAX_CHARACTERS && webUrl(reward.trim())) || prose(reward);

/**
 * The sender's name. For a member's invitation it is their verified email, which cannot mislead; for a friend's, the
 * name they gave.
 */
const sendersOf = ({ kind, sender_name, brand, friend_name = null }: LetterFacts, texts: Texts) => ({
  friend_name: titled(nameOr(friend_name, ""), texts),
  sender_name:
    kind === "team_invitation" && isEmail(sender_name) ? sender_name : titled(writerOr(sender_name, ""), texts),
  brand_name: oneLine(brand?.name ?? PRODUCT),
});

/** A name with its title, in languages that need one: `Ada L.さん`. */
const titled = (name: string, texts: Texts) => (name ? fill(texts.mail_person, { name }) : texts.mail_a_friend);

const isEmail = (text: string | null): text is string => /^[^\s<>"@]{1,64}@[^\s<>"@]{1,255}$/.test(text ?? "");

/** The maximum for texts besides the message: a subject, or a line around the message. */
const TEXT_MAX_CHARACTERS = 1_000;
const filled = (template: string, values: Values) =>
  shortened(fillPlain(template.slice(0, TEXT_MAX_CHARACTERS), values), TEXT_MAX_CHARACTERS);

const subjectOf = (template: string | null, values: Values) =>
  shortened(oneLine(filled(plainText(template ?? ""), values)), SUBJECT_MAX_CHARACTERS);

const greetingOf = ({ name }: LetterFacts, texts: Texts) =>
  nameOr(name, "") ? texts.mail_hello : texts.mail_hello_nobody;

/** A box with the email's key content, unless the message already contains it. */
function panelOf(
  { kind, language, campaign_name, referral_url, reward, coupon, recap }: LetterFacts,
  own: string | null,
  texts: Texts,
): Parts["panel"] {
  if (kind === "recap" && recap) {
    const clicks = count(texts, language, "mail_recap_clicks", recap.clicks);
    return { label: count(texts, language, "mail_recap_friends", recap.friends), value: clicks, url: null };
  }
  const isReward = kind === "reward" || kind === "twoway_reward";
  if (isReward && reward && !(own && hasPlace(own, "reward"))) {
    const label = oneLine(texts.mail_reward_label);
    if (coupon) return { label, value: prose(coupon.code), note: oneLine(coupon.validity), url: null };
    return { label, value: rewardOf(reward), url: webUrl(rewardOf(reward)) };
  }
  if (kind === "domain_unproven")
    return { label: oneLine(texts.mail_domain_unproven_label), value: prose(campaign_name), url: null };
  if (kind === "webhook_disabled" && campaign_name) {
    return { label: oneLine(texts.mail_webhook_disabled_label), value: oneLine(campaign_name), url: null };
  }
  if (isNotice(kind)) return { label: oneLine(texts.mail_notice_label), value: oneLine(campaign_name), url: null };
  const url = ASKS_TO_SHARE.has(kind) && !(own && hasPlace(own, "referral_url")) ? webUrl(referral_url) : null;
  return url ? { label: oneLine(texts.your_link), value: url, url } : null;
}

/**
 * An invitation's button opens the friend's share link. Other emails have a button only if the recipient has a page.
 */
function buttonOf({ kind, link, referral_url }: LetterFacts, texts: Texts) {
  const isInvitation = kind === "invitation";
  const own = link === referral_url && !isInvitation ? null : link;
  return linkOf(own ?? (isInvitation ? referral_url : null), texts[`mail_${familyOf(kind)}_button`]);
}

function linkOf(address: string | null, label: string): Link | null {
  const url = webUrl(address);
  return url ? { url, label: oneLine(label) } : null;
}

const senderOf = ({ brand }: LetterFacts): Parts["sender"] => ({
  name: oneLine(brand?.name ?? PRODUCT),
  url: webUrl(brand?.url ?? null),
  logo: webUrl(brand?.logo_url ?? null),
  color: brand?.color ?? "",
  font: brand?.font_family ?? "",
});
