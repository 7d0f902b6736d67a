import { sha256Hex } from "../../lib/crypto";
import type { MemberCtx } from "../../lib/ctx";
import { columnName } from "../../lib/files/header";
import type { Choice, Column } from "./import-file";
import { roleNames } from "./import-roles";
import * as store from "./import-store";

/** The encoding is null if it is unknown, or the file is in Unicode. */
export type Layout = Choice & { encoding: string | null };

/** The maximum number of layouts that we remember per member. */
const KEPT_MAX = 50;

/** Files with the same column names, in the same order, have the same layout. */
const keyOf = (columns: Column[]) => sha256Hex(columns.map(({ name }) => columnName(name)).join("\n"));

/** How the last file with these columns was read, if a person made choices. Null otherwise. */
export async function layoutFor(ctx: MemberCtx, columns: Column[]): Promise<Layout | null> {
  const [[layout]] = await ctx.db.batch([store.layoutOf(ctx.db, ctx.actor.memberId, await keyOf(columns))]);
  if (!layout) return null;
  const roles = layout.roles.map((role) => roleNames.find((name) => name === role) ?? null);
  return { roles, dates: layout.dates ?? undefined, encoding: layout.encoding };
}

/** Remembers how to read files with these columns. */
export const keepLayout = async (ctx: MemberCtx, columns: Column[], { roles = [], dates, encoding }: Layout) =>
  ctx.db.batch([
    store.keepLayout(ctx.db, {
      member_id: ctx.actor.memberId,
      columns: await keyOf(columns),
      roles,
      dates: dates ?? null,
      encoding,
      date_changed: ctx.now(),
    }),
    store.forgetLayouts(ctx.db, ctx.actor.memberId, KEPT_MAX),
  ]);
