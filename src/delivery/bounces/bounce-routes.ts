import { z } from "zod";
import { publicRoute } from "../../auth/route";
import { AppError, notFound } from "../../lib/errors";
import { answers, createRouter, fails, ok } from "../../lib/http";
import { hear } from "./bounce";
import { isResends, resendNews } from "./resend-news";

export const bounceRoutes = createRouter();

const Heard = z
  .object({ heard: z.boolean().meta({ description: "Whether the event changed anything here." }) })
  .meta({ id: "EmailEventHeard", description: "The result of an email provider's event." });

bounceRoutes.openapi(
  publicRoute({
    method: "post",
    path: "/email-events/resend",
    operationId: "receiveResendEvent",
    summary: "Receive a Resend event",
    description:
      "For Resend's webhooks, if the installation sends email through Resend. Signed with `svix-signature`. A bounce or complaint blocks the mailbox. A 409 asks Resend to retry later, because the email is not recorded yet.",
    tags: ["Operator"],
    responses: {
      200: answers(Heard, "The event was received."),
      ...fails("unauthenticated", "not_found", "conflict"),
    },
  }),
  async (c) => {
    const { ctx } = c.var;
    const secret = ctx.env.RESEND_WEBHOOK_SECRET;
    if (!secret) throw notFound("endpoint");
    const body = await c.req.text();
    if (!(await isResends(secret, c.req.raw.headers, body, ctx.now())))
      throw new AppError("unauthenticated", "The signature is not valid.");
    const news = resendNews(parsed(body));
    const early = news === "nothing" ? [] : await hear(ctx, [news]);
    if (early.length > 0) throw new AppError("conflict", "The email is not recorded yet. Send the event again.");
    return c.json(ok(Heard, { heard: news !== "nothing" }), 200);
  },
);

function parsed(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return null;
  }
}
