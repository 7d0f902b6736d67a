import { z } from "zod";
import type { Ctx } from "../lib/ctx";
import { openDb } from "../lib/db";
import * as store from "./gate-rules-store";

/** What a campaign asks of its visitors, as it is stored with the widget. The secret is sealed. */
const Rules = z.object({
  turnstile_site_key: z.string().nullable().default(null),
  turnstile_secret: z.string().nullable().default(null),
  block_disposable: z.boolean().default(true),
});
type Rules = z.infer<typeof Rules>;

/** Signups come in crowds: what a campaign asks is looked up once a minute in each isolate, and a change of it takes that long elsewhere. */
const KEPT_MS = 60_000;
const KEPT_MAX = 1_000;
const kept = new Map<number, { rules: Rules; until: number }>();

/** A campaign that is not there asks nothing: whoever goes on finds out. */
export async function rulesOf(ctx: Ctx, campaignId: number): Promise<Rules> {
  const now = ctx.now().getTime();
  const known = kept.get(campaignId);
  if (known && now < known.until) return known.rules;
  const nearest = openDb(ctx.env.DB, "first-unconstrained", ctx.db.meter);
  const [[row]] = await nearest.batch([store.settingsOf(nearest, campaignId)]);
  const rules = Rules.parse(row?.settings ?? {});
  if (kept.size >= KEPT_MAX) kept.clear();
  if (row) kept.set(campaignId, { rules, until: now + KEPT_MS });
  return rules;
}

/** To be called when what is stored has changed. */
export function forgetRules(campaignIds: number[]) {
  for (const id of campaignIds) kept.delete(id);
}
