import { linkOrigin } from "../../ledger/records/landing";
import type { ParticipantCtx } from "../../lib/ctx";
import { commit } from "../../lib/db";
import { AppError, invalid, notFound } from "../../lib/errors";
import { isOurCode } from "../../participants/aliases/alias-schema";
import * as store from "./friends-store";
import { demandSelf } from "./self";
import { wordUrl } from "./word-url";

/** Each word keeps working once shared, so the number is limited. */
const WORDS_MAX = 3;
const WORD = /^[a-z0-9](?:[a-z0-9-]{1,28})[a-z0-9]$/;
/** Words that would seem to come from the brand or from us. */
const NOT_THEIRS =
  /^(?:admin|help|support|official|staff|team|security|billing|account|login|sign-?in|password|verify)s?$/;

/**
 * Gives the participant a word for their link.
 * @throws 400 if it is invalid, 403 `words_off`, 409 if it is taken or they already have three
 */
export async function chooseWord(ctx: ParticipantCtx, text: string) {
  const { campaignId, participantId } = ctx.actor;
  const word = text.trim().toLowerCase();
  if (!WORD.test(word) || NOT_THEIRS.test(word) || isOurCode(word))
    throw invalid("word", "must be 3 to 30 letters, digits, or hyphens");
  const row = await demandSelf(ctx);
  const [, [holder]] = await commit(
    ctx,
    ...store.takeWord(ctx.db, campaignId, participantId, word, { now: ctx.now(), most: WORDS_MAX }),
  );
  if (!holder) throw notFound("campaign");
  if (holder.is_on !== 1) throw new AppError("words_off");
  if (holder.id === null) throw new AppError("conflict", `You have chosen ${WORDS_MAX} words already.`);
  if (holder.id !== participantId) throw new AppError("conflict", "Somebody else has this word.");
  return { word, share_url: wordUrl(linkOrigin(ctx.origin, row), campaignId, word) };
}
