import type { Caller } from "../../auth/caller";
import { participantToken } from "../../auth/token";
import { answersTo } from "../../campaigns/form-field";
import { rulesOf } from "../../campaigns/gate-rules";
import { toReward } from "../../ledger/records/earned-reward";
import { toParticipant } from "../../ledger/records/participant";
import type { Ctx } from "../../lib/ctx";
import { secret } from "../../lib/env";
import { AppError } from "../../lib/errors";
import { keyedHash } from "../../lib/keyed-hash";
import { mailParticipant } from "../../outbox/emails/email";
import { addressHash } from "../../participants/address";
import { referralOf } from "../../participants/aliases/alias";
import { channelLinks } from "../../participants/share-urls";
import { referredBy, signUp } from "../../participants/signups/signup";
import { sourceOf } from "../../participants/source";
import { isDisposable } from "../bots/disposable";
import { formAge, secretOfForm } from "../bots/form-token";
import { checkVisitor } from "../bots/gate";
import { ownReward } from "./own-reward";
import type { WidgetSignup } from "./widget-api-schema";

/** How long the same form gets the same response. */
const REPEATED_MS = 15 * 60_000;

const PAGE_MAX_CHARACTERS = 250;

/**
 * A page URL that is too long loses its query. If it is still too long, it is dropped, because part of a URL is
 * useless.
 */
export function pageIn(text: string): string | null {
  if (text.length <= PAGE_MAX_CHARACTERS) return text;
  const url = URL.parse(text);
  const page = url && url.origin !== "null" ? `${url.origin}${url.pathname}` : "";
  return page !== "" && page.length <= PAGE_MAX_CHARACTERS ? page : null;
}

/** Where a visitor of a page with the widget came from. */
export const arrivedFrom = (
  { utm, host_url, referrer }: Pick<WidgetSignup, "utm" | "host_url" | "referrer">,
  { browser: { agent, country } }: Caller,
) => sourceOf({ urls: [utm, host_url], referrer, host: host_url, country, agent });

async function formHash({ env }: Ctx, { campaign_id, form_id, form_token }: WidgetSignup) {
  const known = form_id ?? (form_token ? secretOfForm(form_token) : null);
  return known ? keyedHash(secret(env, "CODE_SECRET"), "sent-form", `${campaign_id}:${known}`) : null;
}

/**
 * The metadata from the host's page and the answers to the form's questions.
 * @throws 400 with a detail for each missing or invalid answer
 */
async function metadataOf(ctx: Ctx, { campaign_id, metadata, answers }: WidgetSignup) {
  const { fields } = await rulesOf(ctx, campaign_id);
  if (fields.length === 0) return metadata;
  const { stored, wrong } = answersTo(fields, answers ?? {}, ctx.now());
  const details = Object.entries(wrong).map(([key, message]) => ({ path: `answers.${key}`, message: WRONG[message] }));
  if (details.length > 0) throw new AppError("invalid_request", undefined, { details });
  return Object.keys(stored).length > 0 ? { ...metadata, ...stored } : metadata;
}
const WRONG = {
  required: "is required",
  must_agree: "must be agreed to",
  bad_phone: "must be a phone number",
  choose: "must be one of the options",
};

/**
 * Signs up a visitor. A detected program gets the response for an existing participant, and nothing happens.
 * @throws 404 if there is no such campaign, 429, 400 `captcha_failed`, `disposable_email`, or for a missing answer
 */
export async function join(ctx: Ctx, visitor: WidgetSignup, caller: Caller) {
  const { campaign_id, email, name, ref, host_url } = visitor;
  const { address, language, browser } = caller;
  if (!(await checkVisitor(ctx, campaign_id, visitor, address))) return { already_joined: true as const };
  const metadata = await metadataOf(ctx, visitor);
  const referral = ref ? await referralOf(ctx, campaign_id, [ref]) : null;
  const took = visitor.form_token ? await formAge(ctx.env, campaign_id, visitor.form_token, ctx.now()) : null;
  const is_disposable = referral !== null && (await isDisposable(ctx, email));
  const newcomer = {
    email,
    name: name || null,
    referral_url: host_url ? pageIn(host_url) : null,
    metadata: metadata ? JSON.stringify(metadata) : null,
    ip_hash: address ? await addressHash(ctx.env, campaign_id, address) : null,
    source: arrivedFrom(visitor, caller),
    language,
    form: await formHash(ctx, visitor),
    ...(referral && referredBy(referral)),
    lenient: true,
    is_visitor: true,
  };
  const came = await signUp(ctx, campaign_id, newcomer, { address, browser, is_disposable, took });
  // The response was lost, or the button was pressed twice. Only this page knows the form's secret.
  const isOwn = came.is_repeated && ctx.now().getTime() - came.participant.date_signedup.getTime() < REPEATED_MS;
  if (!came.is_new && !isOwn) {
    // Runs after the response, so timing does not reveal if an email is sent.
    ctx.later(mailParticipant(ctx, came.needs_confirmation ? "confirm" : "magic_link", came.participant.id));
    return { already_joined: true as const };
  }
  const { referral_code, share_url, referral_count, click_count } = await toParticipant(
    ctx,
    came.participant,
    came.destination,
  );
  return {
    already_joined: false as const,
    needs_confirmation: came.needs_confirmation,
    participant_token: came.needs_confirmation
      ? null
      : await participantToken(ctx.env, came.participant, ctx.now(), { isProven: false }),
    share_url,
    referral_code,
    referral_count,
    click_count,
    links: await channelLinks(ctx, came.participant, came.destination),
    goal: came.goal,
    reward: came.invited_reward && ownReward(toReward(came.invited_reward), came.invited_review),
  };
}
