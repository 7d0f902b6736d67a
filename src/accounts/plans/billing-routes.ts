import { z } from "zod";
import { publicRoute } from "../../auth/route";
import { AppError, notFound } from "../../lib/errors";
import { answers, createRouter, fails, ok } from "../../lib/http";
import { stripe } from "../../participants/inputs/stripe";
import { hearStripe } from "./billing";
import { pricesOf } from "./prices";

export const billingRoutes = createRouter();

const Heard = z
  .object({ heard: z.boolean().meta({ description: "Whether it is about an account of this installation." }) })
  .meta({ id: "BillingEventHeard", description: "What became of an event of Stripe." });

billingRoutes.openapi(
  publicRoute({
    method: "post",
    path: "/billing/stripe",
    operationId: "receiveBillingEvent",
    summary: "Take in an event of Stripe about a member's subscription",
    description:
      "For the webhook of the operator's own Stripe account, if plans are sold by Stripe. Signed with `Stripe-Signature`. Events may come twice and in any order.",
    tags: ["Operator"],
    responses: { 200: answers(Heard, "The event was taken in."), ...fails("unauthenticated", "not_found") },
  }),
  async (c) => {
    const { ctx } = c.var;
    const secret = ctx.env.STRIPE_WEBHOOK_SECRET;
    if (!pricesOf(ctx.env) || !secret) throw notFound("endpoint");
    const body = new Uint8Array(await c.req.arrayBuffer());
    if (!(await stripe.isSigned(secret, c.req.raw.headers, body, ctx.now())))
      throw new AppError("unauthenticated", "The signature is not valid.");
    return c.json(ok(Heard, { heard: await hearStripe(ctx, read(body)) }), 200);
  },
);

function read(body: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(body));
  } catch {
    return null;
  }
}
