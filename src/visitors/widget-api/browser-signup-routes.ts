import { callerOf } from "../../auth/caller";
import { browserRoute } from "../../auth/route";
import { answers, createRouter, fails, ok, takes } from "../../lib/http";
import { join } from "./join";
import { SignupAnswer, WidgetSignup } from "./widget-api-schema";

export const browserSignupRoutes = createRouter();

browserSignupRoutes.openapi(
  browserRoute({
    method: "post",
    path: "/signups/browser",
    operationId: "createBrowserSignup",
    summary: "Sign up a visitor with a publishable key",
    description:
      "For your own forms on your website, without the widget. Send a publishable key; the request's `Origin` must be one of its websites. The same checks as in the widget apply: Turnstile, the honeypot, disposable email addresses, email confirmation, and 20 requests per minute per IP address and campaign. If the email is already in the campaign, the response is `{already_joined: true}` and nothing else.",
    tags: ["Signups"],
    request: { body: takes(WidgetSignup, { campaign_id: 42, email: "grace@example.com", name: "Grace" }) },
    responses: {
      200: answers(SignupAnswer, "The visitor joined."),
      ...fails("not_found", "captcha_failed", "disposable_email", "campaign_not_live"),
    },
  }),
  async (c) => c.json(ok(SignupAnswer, await join(c.var.ctx, c.req.valid("json"), callerOf(c))), 200),
);
