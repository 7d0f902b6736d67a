import { asWidget } from "../../campaigns/widget/widget";
import { askLedger } from "../../ledger/client";
import type { Ctx } from "../../lib/ctx";
import { readConfirmationToken } from "./confirmation-link";
import * as store from "./confirmation-store";

/** A participant whom a link is for, and whether his address still waits to be confirmed. */
export async function awaitedBy(ctx: Ctx, token: string) {
  const who = await readConfirmationToken(ctx.env, token, ctx.now());
  if (!who) return null;
  const [[row]] = await ctx.db.batch([store.awaited(ctx.db, who.campaign_id, who.participant_id)]);
  if (!row) return null;
  const { id, campaign_id, campaign_name, brand_domain, confirmation } = row;
  return {
    id,
    campaign_id,
    campaign_name,
    brand_domain,
    widget: asWidget(row),
    is_waiting: confirmation === "waiting",
  };
}
export type Person = NonNullable<Awaited<ReturnType<typeof awaitedBy>>>;

/**
 * The participant says that the address is his: he becomes active, which credits whoever invited him, or is parked where the plan
 * has no room. A second time is no news. Null for a link that opens nothing.
 */
export async function confirm(ctx: Ctx, token: string) {
  const person = await awaitedBy(ctx, token);
  if (!person?.is_waiting) return person;
  const item = {
    kind: "status" as const,
    id: ctx.requestEvent,
    at: ctx.now().getTime(),
    origin: ctx.origin,
    participant_id: person.id,
    status: "active" as const,
    confirms: true,
  };
  await askLedger(ctx, person.campaign_id, (ledger) => ledger.changeStatuses([item]));
  return { ...person, is_waiting: false };
}
