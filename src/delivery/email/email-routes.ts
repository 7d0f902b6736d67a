import type { Context } from "hono";
import { z } from "zod";
import { publicRoute } from "../../auth/route";
import { notFound } from "../../lib/errors";
import { sendPage } from "../../lib/html";
import { createRouter, type HonoEnv } from "../../lib/http";
import { languageFor } from "../../texts/text";
import { devMail, devMails } from "./dev-mailbox";
import { askPage, badLinkPage, donePage, isUnsubscribeLink, stoppedPage, unsubscribe } from "./unsubscribe";

export const mailRoutes = createRouter();

const tags = ["Pages"];
const page = { "text/html": { schema: z.string() } };
const badLink = { description: "An error page for an invalid link.", content: page };
const Token = z.object({ token: z.string().max(200) });

const languageOf = (c: Context<HonoEnv>) => languageFor("auto", c.req.header("Accept-Language"));

mailRoutes.openapi(
  publicRoute({
    method: "get",
    path: "/unsubscribe/{token}",
    operationId: "askToUnsubscribe",
    summary: "Show the unsubscribe page",
    description:
      "Unsubscribe links in emails lead here. The page changes nothing, because email scanners follow links.",
    tags,
    request: { params: Token },
    responses: { 200: { description: "A page with a button.", content: page }, 404: badLink },
  }),
  async (c) => {
    const isOurs = await isUnsubscribeLink(c.var.ctx, c.req.valid("param").token);
    return isOurs ? sendPage(c, askPage(languageOf(c))) : sendPage(c, badLinkPage(languageOf(c)), 404);
  },
);

mailRoutes.openapi(
  publicRoute({
    method: "post",
    path: "/unsubscribe/{token}",
    operationId: "unsubscribe",
    summary: "Unsubscribe",
    description:
      "Uses the page's button, or an email client's one-click unsubscribe (RFC 8058). Emails that a person requests are still sent. Repeating the request changes nothing.",
    tags,
    request: { params: Token },
    responses: { 200: { description: "A confirmation page.", content: page }, 404: badLink },
  }),
  async (c) => {
    const done = await unsubscribe(c.var.ctx, c.req.valid("param").token);
    if (done === "account") return sendPage(c, stoppedPage());
    return done ? sendPage(c, donePage(languageOf(c))) : sendPage(c, badLinkPage(languageOf(c)), 404);
  },
);

const LOOPBACK = new Set(["localhost", "127.0.0.1", "[::1]"]);

/**
 * For development only, because emails can open accounts. Not part of the API. Returns 404 unless it is turned on and
 * requested from this machine. If a website points its own host name to this machine, the browser sends that name, so
 * the check fails.
 */
const isShown = (c: Context<HonoEnv>) => c.env.DEV_MAIL === "on" && LOOPBACK.has(new URL(c.req.url).hostname);

mailRoutes.get("/dev/mail", async (c) => {
  if (!isShown(c)) throw notFound("page");
  return sendPage(c, await devMails(c.var.ctx));
});

mailRoutes.get("/dev/mail/:id{[0-9]{1,15}}", async (c) => {
  const mail = isShown(c) ? await devMail(c.var.ctx, Number(c.req.param("id"))) : null;
  if (!mail) throw notFound("email");
  // Emails have inline styles and run no scripts. Uploaded logos are served from here, without TLS.
  c.header(
    "Content-Security-Policy",
    `sandbox allow-popups; default-src 'none'; style-src 'unsafe-inline'; img-src ${c.var.ctx.origin} https: data:; frame-ancestors 'self'`,
  );
  return c.html(mail.html);
});
