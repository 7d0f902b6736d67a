import { DIRECT, referralCode, shareUrl } from "../../ledger/referral-code";
import { csvLines, csvText } from "../../lib/csv";
import type { MemberCtx } from "../../lib/ctx";
import { aliasesOfMany } from "../../participants/aliases/alias";
import type { PeopleQuery } from "./participant-forms";
import { partOf, readPart } from "./participant-list";
import type { Listed } from "./participant-list-store";

const SLICE = 1_000;

export const exportColumns = {
  id: "the participant's ID",
  email: "email address",
  name: "name",
  campaign_id: "the campaign's ID",
  campaign: "the campaign's name",
  status: "active, pending, or blocked",
  date_signedup: "signup time, ISO 8601 in UTC",
  referral_count: "friends who signed up through their links",
  click_count: "clicks on those links",
  share_count: "channels shared on, including the direct link once it was copied, sent, or clicked",
  invited_by: "ID of their referrer",
  invited_social: "channel of the referral: 1 Facebook, 2 X, 3 LinkedIn, 4 email, 5 WhatsApp, 6 direct",
  share_url: "share link",
  referral_url: "page of the signup",
  external_id: "your own ID for the participant",
  metadata: "your own data, as JSON",
  aliases: "their referral codes of other products",
  checkout_code: "what friends type at checkout",
} as const;
type Column = keyof typeof exportColumns;

/** All participants that match the query, as CSV. Only one slice at a time is held in memory. */
export function exported(ctx: MemberCtx, query: PeopleQuery): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  let after = query.after;
  return new ReadableStream<Uint8Array>({
    start: (to) => to.enqueue(encoder.encode(csvText([Object.keys(exportColumns)]))),
    async pull(to) {
      for (;;) {
        const [rows, stopped] = await ctx.db.batch(await partOf(ctx, { ...query, after }, SLICE));
        const part = readPart(rows, stopped, SLICE);
        if (part.rows.length > 0) {
          const aliases = await aliasesOfMany(
            ctx,
            part.rows.map(({ id }) => id),
          );
          to.enqueue(encoder.encode(csvLines(await Promise.all(part.rows.map((row) => line(ctx, row, aliases))))));
        }
        if (part.next === null) return to.close();
        after = part.next;
        if (part.rows.length > 0) return;
      }
    },
  });
}

async function line(ctx: MemberCtx, row: Listed, aliases: Map<number, string>) {
  const of = { campaign_id: row.campaign_id, social_type: DIRECT, participant_id: row.id };
  const cells: Record<Column, string | number | null> = {
    ...row,
    campaign: row.campaign_name,
    date_signedup: row.date_signedup.toISOString(),
    share_url: shareUrl(ctx.origin, await referralCode(ctx.env, of)),
    metadata: row.metadata === null ? null : JSON.stringify(row.metadata),
    aliases: aliases.get(row.id) ?? null,
  };
  return Object.keys(exportColumns).map((column) => cells[column as Column]);
}
