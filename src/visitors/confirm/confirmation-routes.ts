import type { Context } from "hono";
import { z } from "zod";
import { pageRoute } from "../../auth/route";
import { participantLinkToken } from "../../auth/token";
import { sendPage } from "../../lib/html";
import { createRouter, type HonoEnv } from "../../lib/http";
import { awaitedBy, confirm, type Person } from "../../participants/confirmations/confirmation";
import { AUTO, languageFor } from "../../texts/text";
import { askPage, gonePage, thanksPage } from "./confirmation-page";

export const confirmationRoutes = createRouter();

const tags = ["Pages"];
const page = { "text/html": { schema: z.string() } };
const Token = z.object({ token: z.string().max(200) });
const gone = { description: "A page with the error.", content: page };

/** The page for a confirmation link: the question, the thanks, or a 404. */
async function answer(c: Context<HonoEnv>, person: Person | null) {
  const { ctx } = c.var;
  const language = languageFor(person?.widget.language ?? AUTO, c.req.header("Accept-Language"));
  if (!person) return sendPage(c, gonePage(language), 404);
  if (person.is_waiting) return sendPage(c, askPage(person, language));
  const status = `/status/${await participantLinkToken(ctx.env, person, ctx.now())}`;
  return sendPage(c, thanksPage(person, language, status));
}

confirmationRoutes.openapi(
  pageRoute({
    method: "get",
    path: "/confirm/{token}",
    operationId: "getConfirmation",
    summary: "Show the page that confirms an email address",
    description:
      "Linked from the confirmation email of campaigns with `double_opt_in`, and from the email to a friend whose reward is held for a review. Opening it changes nothing, because email scanners follow links. The token is valid for seven days.",
    tags,
    request: { params: Token },
    responses: { 200: { description: "A page.", content: page }, 404: gone },
  }),
  async (c) => answer(c, await awaitedBy(c.var.ctx, c.req.valid("param").token)),
);

confirmationRoutes.openapi(
  pageRoute({
    method: "post",
    path: "/confirm/{token}",
    operationId: "confirmAddress",
    summary: "Confirm an email address",
    description:
      "The participant becomes `active` and their referrer is credited. If the plan's participant limit is reached, they stay `pending`. A review that asked for it is approved if its remaining reasons are not suspect. Repeating the request changes nothing.",
    tags,
    request: { params: Token },
    responses: { 200: { description: "A page.", content: page }, 404: gone },
  }),
  async (c) => answer(c, await confirm(c.var.ctx, c.req.valid("param").token)),
);
