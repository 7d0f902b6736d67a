import { z } from "zod";
import type { Ctx } from "../lib/ctx";
import { openDb } from "../lib/db";
import type { FormField } from "./form-field";
import * as store from "./gate-rules-store";

/** A campaign's signup checks and form fields, stored with its widget. The secret is encrypted. */
const Rules = z.object({
  turnstile_site_key: z.string().nullable().default(null),
  turnstile_secret: z.string().nullable().default(null),
  block_disposable: z.boolean().default(true),
  fields: z.array(z.custom<FormField>()).default([]),
});
type Rules = z.infer<typeof Rules>;

/**
 * Signups arrive in bursts, so each isolate reads a campaign's checks once a minute. A change takes up to that long to
 * reach other isolates.
 */
const KEPT_MS = 60_000;
const KEPT_MAX = 1_000;
const kept = new Map<number, { rules: Rules; until: number }>();

/** A missing campaign gets the defaults. The signup itself will fail with a 404. */
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

/** Call this after the stored settings change. */
export function forgetRules(campaignIds: number[]) {
  for (const id of campaignIds) kept.delete(id);
}
