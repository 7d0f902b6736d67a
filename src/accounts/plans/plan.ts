import type { Ctx } from "../../lib/ctx";
import { dollars } from "../../lib/fields";
import type { Plan } from "./plan-schema";
import * as store from "./plan-store";

/** All plans, cheapest first. */
export async function plans(ctx: Ctx): Promise<Plan[]> {
  const [rows] = await ctx.db.batch([store.allPlans(ctx.db)]);
  return rows.map(({ price_cents, ...plan }) => ({ ...plan, price: dollars(price_cents) }));
}
