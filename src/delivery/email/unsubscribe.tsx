import type { Ctx } from "../../lib/ctx";
import { commit } from "../../lib/db";
import { noteUnwanted } from "../../outbox/emails/email";
import { textsOf } from "../../texts/text";
import { stopped } from "../notifications/notification";
import { readStop } from "../notifications/notification-link";
import { CardForm, cardPage } from "./link-card";
import { readUnsubscribe } from "./unsubscribe-link";

/**
 * What an unsubscribe link stops: a member's campaigns, or one kind of email about an account. Null if the link is
 * invalid.
 */
async function readLink({ env, now }: Ctx, token: string) {
  const unwanted = await readUnsubscribe(env, token, now());
  if (unwanted) return { unwanted };
  const stop = await readStop(env, token, now());
  return stop && { stop };
}

/** Whether an unsubscribe link is valid. Changes nothing, because email scanners follow links too. */
export const isUnsubscribeLink = async (ctx: Ctx, token: string) => (await readLink(ctx, token)) !== null;

/** Stops the link's emails for its recipient. Returns the link's kind, or null if it is invalid. */
export async function unsubscribe(ctx: Ctx, token: string): Promise<"campaigns" | "account" | null> {
  const link = await readLink(ctx, token);
  if (!link) return null;
  if (link.stop) await commit(ctx, stopped(ctx.db, link.stop));
  else await commit(ctx, noteUnwanted(ctx, link.unwanted.memberId, [link.unwanted.hash]));
  return link.stop ? "account" : "campaigns";
}

export function askPage(language: string) {
  const texts = textsOf(language);
  return cardPage(
    language,
    texts.unsubscribe,
    <>
      <p>{texts.unsubscribe_text}</p>
      <CardForm button={texts.unsubscribe_button} />
    </>,
  );
}

export function donePage(language: string) {
  const texts = textsOf(language);
  return cardPage(language, texts.unsubscribed, <p>{texts.unsubscribed_text}</p>);
}

/** Emails to members are in English. */
export const stoppedPage = () =>
  cardPage(
    "en",
    "You’re unsubscribed",
    <p>
      You will no longer get this email. <a href="/account/notifications">Choose your emails</a>
    </p>,
  );

export function badLinkPage(language: string) {
  const texts = textsOf(language);
  return cardPage(language, texts.bad_link, <p>{texts.bad_link_text}</p>);
}
