import { z } from "zod";
import { publicRoute } from "../../auth/route";
import { AppError, notFound } from "../../lib/errors";
import { answers, createRouter, fails, ok } from "../../lib/http";
import { stripe } from "../../participants/inputs/stripe";
import { hearStripe } from "./billing";
import { pricesOf } from "./prices";

export const billingRoutes = createRouter();

const Heard = z
  .object({ heard: z.boolean().meta({ description: "Whether the event belongs to an account of this installation." }) })
  .meta({ id: "BillingEventHeard", description: "The result of a Stripe event." });

billingRoutes.openapi(
  publicRoute({
    method: "post",
    path: "/billing/stripe",
    operationId: "receiveBillingEvent",
    summary: "Receive a Stripe event about a member's subscription",
    description:
      "For the webhook of the operator's own Stripe account, if the installation sells plans with Stripe. Signed with `Stripe-Signature`. Events may arrive twice and in any order.",
    tags: ["Operator"],
    responses: { 200: answers(Heard, "The event was received."), ...fails("unauthenticated", "not_found") },
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
