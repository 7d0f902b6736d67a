import { z } from "zod";
import type { Ctx, MemberCtx } from "../../lib/ctx";
import { DAY_MS } from "../../lib/day";
import { commit } from "../../lib/db";
import { invalid, notFound } from "../../lib/errors";
import { ID, type Kind, readToken, signToken } from "../../lib/signed";
import * as store from "./report-link-store";

export type { ReportLinkRow } from "./report-link-store";

/** Maximum number of active links per account. */
const LINKS_MAX = 50;
export const lifetimes = [7, 30, 90, 365] as const;

const REPORT: Kind = { purpose: "report", secret: "SEAL_SECRET", parts: [ID], lifetimeMs: Number.POSITIVE_INFINITY };

/** A link's subject, like `campaign:42`, and its lifetime in days. */
export const NewReportLink = z.object({
  about: z
    .string()
    .regex(/^(brand|campaign):[1-9]\d{0,14}$/, "must be a brand or a campaign")
    .transform((text) => {
      const [kind, id] = text.split(":");
      return { kind: kind === "brand" ? ("brand" as const) : ("campaign" as const), id: Number(id) };
    }),
  days: z.coerce.number().pipe(z.literal(lifetimes)),
});
export type NewReportLink = z.output<typeof NewReportLink>;

/** Signed with its creation time, so the dashboard can show the same URL again. */
const urlOf = async ({ env, origin }: Pick<Ctx, "env" | "origin">, { id, date_added }: store.ReportLinkRow) =>
  `${origin}/report/${await signToken(env, REPORT, { parts: [id], issued: date_added })}`;

/** The account's links, as an unrun query. */
export const storedLinks = (ctx: MemberCtx) => store.linksOf(ctx.db, ctx.actor.memberId, LINKS_MAX);

/** The working links, with their URLs. */
export async function asReportLinks(ctx: MemberCtx, rows: store.ReportLinkRow[]) {
  const now = ctx.now();
  const living = rows.filter(({ expires_at }) => expires_at > now);
  return Promise.all(living.map(async (row) => ({ ...row, url: await urlOf(ctx, row) })));
}

/** @throws 400 if there are too many, 404 if the subject is another member's */
export async function shareReport(ctx: MemberCtx, { about, days }: NewReportLink): Promise<void> {
  const { memberId } = ctx.actor;
  const now = ctx.now();
  const [, added, links] = await commit(
    ctx,
    store.removeExpired(ctx.db, memberId, now),
    store.insert(ctx.db, memberId, { ...about, now, expires_at: new Date(now.getTime() + days * DAY_MS) }, LINKS_MAX),
    store.linksOf(ctx.db, memberId, LINKS_MAX),
  );
  if (added.length > 0) return;
  if (links.length >= LINKS_MAX) throw invalid("about", `You can have up to ${LINKS_MAX} report links. End one first.`);
  throw notFound(about.kind);
}

/** @throws 404 */
export async function endReport(ctx: MemberCtx, id: number): Promise<void> {
  const [removed] = await commit(ctx, store.remove(ctx.db, ctx.actor.memberId, id));
  if (removed.length === 0) throw notFound("report link");
}

/** The link of a token. Null if it was ended, has expired, or never existed. */
export async function openReport(ctx: Ctx, token: string): Promise<store.ReportLinkRow | null> {
  const now = ctx.now();
  const read = await readToken(ctx.env, REPORT, token, now);
  if (!read) return null;
  const [[link]] = await ctx.db.batch([store.linkById(ctx.db, Number(read.parts[0]), now)]);
  // After a database restore, IDs are reused.
  return link && link.date_added.getTime() === now.getTime() - read.age ? link : null;
}
