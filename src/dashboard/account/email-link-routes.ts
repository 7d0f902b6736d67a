import { z } from "zod";
import { isNewPassword, LinkParam, NewPassword } from "../../accounts/account-schema";
import { isReset, isVerification, resetPassword, verify } from "../../accounts/recovery";
import { publicRoute, visitOf } from "../../auth/route";
import { sendPage } from "../../lib/html";
import { createRouter, ErrorBody } from "../../lib/http";
import { submit } from "../ui/form";
import { badLinkPage, passwordSetPage, resetPage, verifiedPage, verifyPage } from "./email-link-pages";

/** The pages that links in members' emails lead to. A GET changes nothing, because mail scanners follow links too. */
export const accountPageRoutes = createRouter();

const tags = ["Pages"];
const page = { "text/html": { schema: z.string() } };
const badLink = { description: "A page saying that the link is not valid.", content: page };

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
  async (c) =>
    (await isVerification(c.var.ctx, c.req.valid("param").token))
      ? sendPage(c, verifyPage())
      : sendPage(c, badLinkPage(), 404),
);

accountPageRoutes.openapi(
  publicRoute({
    method: "post",
    path: "/verify/{token}",
    operationId: "verify",
    summary: "Verify an account's email",
    description: "Repeating it changes nothing.",
    tags,
    request: { params: LinkParam },
    responses: { 200: { description: "A page confirming it.", content: page }, 404: badLink },
  }),
  async (c) =>
    (await verify(c.var.ctx, c.req.valid("param").token))
      ? sendPage(c, verifiedPage())
      : sendPage(c, badLinkPage(), 404),
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
    (await isReset(c.var.ctx, c.req.valid("param").token)) ? sendPage(c, resetPage()) : sendPage(c, badLinkPage(), 404),
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
        200: { description: "A page confirming it.", content: page },
        400: {
          description: "The form with its errors.",
          content: { ...page, "application/json": { schema: ErrorBody } },
        },
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
    return done ? sendPage(c, passwordSetPage()) : sendPage(c, badLinkPage(), 404);
  },
);
