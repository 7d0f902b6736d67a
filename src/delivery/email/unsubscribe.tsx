import type { Ctx } from "../../lib/ctx";
import { commit } from "../../lib/db";
import { noteUnwanted } from "../../outbox/emails/email";
import { textsOf } from "../../texts/text";
import { CardForm, cardPage } from "./link-card";
import { readUnsubscribe } from "./unsubscribe-link";

/** Whether an unsubscribe link is valid. Changes nothing, because mail scanners follow links too. */
export const isUnsubscribeLink = async (ctx: Ctx, token: string) =>
  (await readUnsubscribe(ctx.env, token, ctx.now())) !== null;

/** Stops unsolicited emails from the member's campaigns to the link's recipient. Returns false if the link is invalid. */
export async function unsubscribe(ctx: Ctx, token: string): Promise<boolean> {
  const link = await readUnsubscribe(ctx.env, token, ctx.now());
  if (link) await commit(ctx, noteUnwanted(ctx, link.memberId, [link.hash]));
  return link !== null;
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

export function badLinkPage(language: string) {
  const texts = textsOf(language);
  return cardPage(language, texts.bad_link, <p>{texts.bad_link_text}</p>);
}
