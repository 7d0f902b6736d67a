import { DIRECT, referralCode, shareUrl } from "../../ledger/records/referral-code";
import type { MemberCtx } from "../../lib/ctx";
import { aliasesOfMany } from "../../participants/aliases/alias";
import { listFile } from "../ui/list-columns";
import { type Filed, participantColumns } from "./participant-columns";
import type { PeopleQuery } from "./participant-forms";
import { partOf, readPart } from "./participant-list";

const SLICE = 1_000;

/** All matching participants, as CSV. Only one slice at a time is in memory. */
export const exported = (ctx: MemberCtx, query: PeopleQuery) =>
  listFile("participants", participantColumns, async (after: number | undefined) => {
    const [found, stopped] = await ctx.db.batch(await partOf(ctx, { ...query, after: after ?? query.after }, SLICE));
    const { rows, next } = readPart(found, stopped, SLICE);
    const ids = rows.map(({ id }) => id);
    const aliases = ids.length === 0 ? new Map<number, string>() : await aliasesOfMany(ctx, ids);
    const filed = rows.map(async (row): Promise<Filed> => {
      const of = { campaign_id: row.campaign_id, social_type: DIRECT, participant_id: row.id };
      const share_url = shareUrl(ctx.origin, await referralCode(ctx.env, of));
      return { ...row, share_url, aliases: aliases.get(row.id) ?? null };
    });
    return { rows: await Promise.all(filed), next };
  });
