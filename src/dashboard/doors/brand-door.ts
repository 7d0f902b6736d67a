import { isRead, type PageContext } from "../../auth/page-session";
import { AppError, notFound } from "../../lib/errors";
import { BRAND_LISTS } from "../ui/brand-places";
import { bodyOf } from "../ui/form";
import { countWithin, type Named } from "./brand-door-store";

/** Pages about one thing. The first thing named in a path decides; everything below it belongs to it. */
const ABOUT_ONE = /^\/(brands|campaigns|participants|rewards)\/([0-9]{1,15})(\/|$)/;

/** Forms of lists, image uploads for a person's own page, and leaving test mode. */
const FORMS = ["/campaigns/new", "/participants/status", "/rewards", "/images", "/test-mode/off", "/views"];
/** Forms for a person's own things. */
const OWN_FORMS = /^\/views\/[0-9]{1,15}(\/|$)/;

/** The form fields that name something, and the list of selected rows. */
const FIELDS: Record<string, keyof Named> = {
  brand_id: "brands",
  url_id: "brands",
  campaign_id: "campaigns",
  participant_id: "participants",
  reward_id: "rewards",
  ids: "participants",
  chosen: "participants",
};

/**
 * Keeps people who have access to only some brands within these. Everything else in the dashboard is closed to them, so
 * a new page stays closed until it is known to respect brands.
 * @returns where they start instead of the account's home
 * @throws 404 for what belongs to another brand, 403 for what is about the whole account
 */
export async function keepInBrands(c: PageContext, memberId: number, brandIds: number[]): Promise<string | null> {
  const { path } = c.req;
  if (path === "/home" && isRead(c)) return "/campaigns";
  const [, kind, id] = ABOUT_ONE.exec(path) ?? [];
  const isList = isRead(c) ? BRAND_LISTS.includes(path) : FORMS.includes(path) || OWN_FORMS.test(path);
  if (kind === undefined && !isList)
    throw new AppError("role_needed", "You have access to only some brands of this account. Ask an owner for more.");
  const named: Named = { brands: [], campaigns: [], participants: [], rewards: [] };
  if (kind !== undefined) named[kind as keyof Named].push(Number(id));
  if (!isRead(c)) {
    const body = await bodyOf(c);
    for (const [field, what] of Object.entries(FIELDS))
      for (const value of [body[field] ?? []].flat()) if (Number(value) > 0) named[what].push(Number(value));
  }
  const asked = Object.values(named).flatMap((ids: number[]) => [...new Set(ids)]);
  if (asked.length === 0) return null;
  const [[found]] = await c.var.ctx.db.batch([countWithin(c.var.ctx.db, memberId, brandIds, named)]);
  if (found?.n !== asked.length) throw notFound(kind === undefined ? "brand" : kind.slice(0, -1));
  return null;
}
