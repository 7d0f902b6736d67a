import type { Context } from "hono";
import { SignIn } from "../../accounts/account-schema";
import { authenticate, proofOf } from "../../accounts/sign-in";
import { unaudited } from "../../auth/audited";
import { visitOf } from "../../auth/caller";
import { forgetSession, sessionIn } from "../../auth/page-session";
import { closeSession } from "../../auth/sessions/session";
import { sendPage } from "../../lib/html";
import type { HonoEnv } from "../../lib/http";
import { createOpenPages, pathOfOurs } from "../doors/pages";
import { Input, Problems } from "../ui/field";
import { blank, type Form, submits } from "../ui/form";
import { cardOf } from "../ui/layout";
import { notices } from "../ui/notices";
import { enter } from "./entrance";
import { secondStepPage } from "./second-step";

export const signInPages = createOpenPages(["/sign-in", "/sign-out"]);

const signInPage = (form: Form<unknown>, next: string, done = "") =>
  cardOf(
    "Sign in",
    <>
      {done === "account_deleted" && (
        <div class="notice good" role="status">
          {notices[done]}
        </div>
      )}
      <Problems form={form} />
      <form method="post" action={`/sign-in?${new URLSearchParams({ next })}`}>
        <Input form={form} name="email" label="Email" type="email" autocomplete="username" required autofocus />
        <Input form={form} name="password" label="Password" type="password" autocomplete="current-password" required />
        <button type="submit">Sign in</button>
      </form>
      <p class="quiet">
        <a href="/forgotten-password">Forgot your password?</a> ·{" "}
        <a href={`/sign-up?${new URLSearchParams({ next })}`}>Create account</a>
      </p>
    </>,
  );

signInPages.get("/sign-in", async (c) => {
  const next = pathOfOurs(c.req.query("next"));
  return (await sessionIn(c)) ? c.redirect(next, 303) : sendPage(c, signInPage(blank(), next, c.req.query("done")));
});

signInPages.post(
  "/sign-in",
  unaudited("The account page lists the sessions."),
  ...submits(
    SignIn,
    (c: Context<HonoEnv>, form) => sendPage(c, signInPage(form, pathOfOurs(c.req.query("next"))), 400),
    async (c, input) => {
      const { ctx } = c.var;
      const member = await authenticate(ctx, input, visitOf(c));
      if (!member.has_second_factor) return enter(c, member.id);
      const form = blank({ proof: await proofOf(ctx, member) });
      return sendPage(c, secondStepPage(form, pathOfOurs(c.req.query("next"))));
    },
  ),
);

signInPages.post("/sign-out", unaudited("The account page lists the sessions."), async (c) => {
  const session = await sessionIn(c);
  if (session) await closeSession(c.var.ctx, session.person_id, session.id);
  forgetSession(c);
  return c.redirect("/sign-in", 303);
});
