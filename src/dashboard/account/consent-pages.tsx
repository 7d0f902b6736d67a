import { z } from "zod";
import { type Asking, appAsking, connectApp, refuseApp } from "../../accounts/connections/consent";
import { AUTHORIZE } from "../../accounts/connections/oauth-paths";
import { audited } from "../../auth/audited";
import type { PageContext } from "../../auth/page-session";
import { isInTestMode } from "../../auth/sessions/session";
import { shownEmail } from "../../lib/email-address";
import { AppError } from "../../lib/errors";
import { sendPage } from "../../lib/html";
import { createPages } from "../doors/pages";
import { bodyOf } from "../ui/form";
import { cardOf } from "../ui/layout";

/** Where people allow an app to work for them. Anyone who may view an account may let an app view it too. */
export const consentPages = createPages([AUTHORIZE], { changes: "viewer" });

const RIGHTS = {
  read: "See brands, campaigns, participants with their email addresses, rewards, and webhooks",
  write:
    "Create, start, and pause campaigns, sign participants up and let them in, record purchases and refunds, approve, revoke, and mark rewards as paid, upload coupon codes, resend webhooks",
};

const Form = z.object({
  handle: z.string().max(500).catch(""),
  decision: z.enum(["allow", "deny"]).catch("deny"),
  write: z.string().optional().catch(undefined),
});

function consentCard(c: PageContext, { app, handle, redirectHost, isLocal }: Asking) {
  const { account_name, person_email, role, further_accounts } = c.var.session;
  const here = `${c.req.path}${new URL(c.req.url).search}`;
  return (
    <>
      <p>
        <strong>{app.name}</strong>, {app.isProven ? <>published by {app.host},</> : "an app with an unverified name,"}{" "}
        asks for access to the account <strong>{account_name}</strong>. You are signed in as {shownEmail(person_email)}.
      </p>
      {isInTestMode(c.var.session) && <p class="notice">You are in test mode, so the app works on test data only.</p>}
      {isLocal ? (
        <p class="notice warn">
          Access goes to a program on your own computer (<code>{redirectHost}</code>). Continue only if you started this
          connection yourself just now.
        </p>
      ) : (
        <p>
          Access goes to <code>{redirectHost}</code>.
        </p>
      )}
      <form method="post" action={here}>
        <input type="hidden" name="handle" value={handle} />
        <p>It will be able to:</p>
        <label class="check">
          <input type="checkbox" checked disabled /> {RIGHTS.read}
        </label>
        {role === "viewer" ? (
          <p class="hint">You are a viewer in this account, so the app cannot change anything.</p>
        ) : (
          <label class="check">
            <input type="checkbox" name="write" checked={app.wantsWrite} /> {RIGHTS.write}
          </label>
        )}
        <p class="hint">
          It can never see API keys or passwords, change the team, or delete the account. Disconnect it at any time
          under Your account.
        </p>
        <div class="actions">
          <button type="submit" name="decision" value="allow">
            Allow access
          </button>
          <button type="submit" name="decision" value="deny" class="button">
            Cancel
          </button>
        </div>
      </form>
      {further_accounts > 0 && (
        <p class="quiet">
          To use another account, <a href="/account/switch">switch to it</a>, and start again in the app.
        </p>
      )}
    </>
  );
}

consentPages.get(AUTHORIZE, async (c) => {
  const asking = await appAsking(c.var.ctx, c.req.raw);
  if ("redirectTo" in asking) return c.redirect(asking.redirectTo, 302);
  const page = cardOf("Connect an app", consentCard(c, asking), { forms: [asking.formTarget] });
  const response = await sendPage(c, page);
  for (const cookie of asking.cookies) response.headers.append("Set-Cookie", cookie);
  return response;
});

consentPages.post(AUTHORIZE, audited("Connected an app"), async (c) => {
  const { handle, decision, write } = Form.parse(await bodyOf(c));
  if (handle === "") throw new AppError("form_expired");
  const { ctx, session } = c.var;
  if (decision === "deny") c.set("audit", undefined);
  const scopes = write !== undefined && session.role !== "viewer" ? (["read", "write"] as const) : (["read"] as const);
  const { redirectTo, cookies } =
    decision === "deny"
      ? await refuseApp(ctx, c.req.raw, handle)
      : await connectApp(ctx, c.req.raw, handle, session, [...scopes]);
  const response = c.redirect(redirectTo, 302);
  for (const cookie of cookies) response.headers.append("Set-Cookie", cookie);
  return response;
});
