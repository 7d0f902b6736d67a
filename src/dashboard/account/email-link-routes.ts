import type { Context } from "hono";
import { z } from "zod";
import { isNewPassword, LinkParam, NewPassword, Verification, VerificationBody } from "../../accounts/account-schema";
import { isReset, resetPassword, verificationOf, verify } from "../../accounts/recovery";
import { credentialOf, visitOf } from "../../auth/caller";
import { memberOf } from "../../auth/credential";
import { sessionIn } from "../../auth/page-session";
import { publicRoute } from "../../auth/route";
import { sendPage } from "../../lib/html";
import { createRouter, ErrorBody, type HonoEnv } from "../../lib/http";
import { readForm, submit } from "../ui/form";
import {
  accessEndedPage,
  badLinkPage,
  passwordSetPage,
  resetPage,
  verifiedPage,
  verifyPage,
  verifyWithPasswordPage,
} from "./email-link-pages";

/** The pages that links in members' emails lead to. A GET changes nothing, because email scanners follow links too. */
export const accountPageRoutes = createRouter();

const tags = ["Pages"];
const page = { "text/html": { schema: z.string() } };
const badLink = { description: "An error page for an invalid link.", content: page };
const badForm = {
  description: "The form with its errors.",
  content: { ...page, "application/json": { schema: ErrorBody } },
};

/** The member who sends the request, by session, key, or token. */
async function readerOf(c: Context<HonoEnv>): Promise<number | null> {
  const session = await sessionIn(c);
  if (session) return session.person_id;
  const sent = credentialOf(c);
  if (!sent.apiKey && !sent.authorization) return null;
  return (await memberOf(c.var.ctx, sent))?.memberId ?? null;
}

accountPageRoutes.openapi(
  publicRoute({
    method: "get",
    path: "/verify/{token}",
    operationId: "askToVerify",
    summary: "Show the page that verifies an account's email",
    tags,
    request: { params: LinkParam },
    responses: { 200: { description: "A page with a button.", content: page }, 404: badLink },
  }),
  async (c) => {
    const asked = await verificationOf(c.var.ctx, c.req.valid("param").token, await readerOf(c));
    if (!asked) return sendPage(c, badLinkPage("verify"), 404);
    return sendPage(c, asked.needsPassword ? verifyWithPasswordPage() : verifyPage());
  },
);

accountPageRoutes.openapi(
  publicRoute(
    {
      method: "post",
      path: "/verify/{token}",
      operationId: "verify",
      summary: "Verify an account's email",
      description:
        "Someone else may have registered the email address. With `end_access`, the account's password, sessions, tokens, " +
        "API keys, team roles, webhooks, and two-step verification end, unless the request carries the account's password, " +
        "session, API key, or token. Repeating it changes nothing.",
      tags,
      request: {
        params: LinkParam,
        // For the documentation only: bodies of other types are ignored, as they were before this route had a form.
        body: { content: { "application/x-www-form-urlencoded": { schema: VerificationBody, example: {} } } },
      },
      responses: { 200: { description: "A confirmation page.", content: page }, 400: badForm, 404: badLink },
    },
    "sign_in",
  ),
  async (c) => {
    const { token } = c.req.valid("param");
    const reader = await readerOf(c);
    const { done, form } = await submit(await readForm(c, Verification), (value) =>
      verify(c.var.ctx, token, value, reader),
    );
    if (form) return sendPage(c, verifyWithPasswordPage(form.errors.password), 400);
    if (!done) return sendPage(c, badLinkPage("verify"), 404);
    return sendPage(c, done.setPassword ? accessEndedPage(done.setPassword) : verifiedPage());
  },
);

accountPageRoutes.openapi(
  publicRoute({
    method: "get",
    path: "/reset-password/{token}",
    operationId: "askForNewPassword",
    summary: "Show the page that sets a new password",
    tags,
    request: { params: LinkParam },
    responses: { 200: { description: "A page with a form.", content: page }, 404: badLink },
  }),
  async (c) =>
    (await isReset(c.var.ctx, c.req.valid("param").token))
      ? sendPage(c, resetPage())
      : sendPage(c, badLinkPage("reset"), 404),
);

accountPageRoutes.openapi(
  publicRoute(
    {
      method: "post",
      path: "/reset-password/{token}",
      operationId: "resetPassword",
      summary: "Set a new password",
      description: "With a link that is valid once, for one hour.",
      tags,
      request: {
        params: LinkParam,
        body: {
          content: {
            "application/x-www-form-urlencoded": {
              schema: NewPassword,
              example: { password: "correct horse battery" },
            },
          },
        },
      },
      responses: {
        200: { description: "A confirmation page.", content: page },
        400: badForm,
        404: badLink,
      },
    },
    "sign_in",
  ),
  async (c) => {
    const { token } = c.req.valid("param");
    const sent = c.req.valid("form");
    if (!isNewPassword(sent.password))
      return sendPage(c, resetPage("Choose a password of 8 to 1,000 characters."), 400);
    const { done, form } = await submit({ ok: true, value: sent, values: {}, errors: {} }, (value) =>
      resetPassword(c.var.ctx, token, value, visitOf(c)),
    );
    if (form) return sendPage(c, resetPage(form.errors.password), 400);
    return done ? sendPage(c, passwordSetPage()) : sendPage(c, badLinkPage("reset"), 404);
  },
);
