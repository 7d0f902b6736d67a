import type { Context } from "hono";
import { ResetRequest } from "../../accounts/account-schema";
import { askForReset } from "../../accounts/recovery";
import { modeOf, signUp, siteKeyOf } from "../../accounts/registration/registration";
import { SignUpForm } from "../../accounts/registration/registration-schema";
import { unaudited } from "../../auth/audited";
import { visitOf } from "../../auth/caller";
import { keepSession, sessionIn, tokenIn } from "../../auth/page-session";
import { openSession } from "../../auth/sessions/session";
import { type Page, sendPage } from "../../lib/html";
import type { HonoEnv } from "../../lib/http";
import { turnstilePage } from "../../visitors/bots/honeypot";
import { createOpenPages, pathOfOurs } from "../doors/pages";
import { Input, Problems } from "../ui/field";
import { blank, type Form, submits } from "../ui/form";
import { cardOf } from "../ui/layout";

export const signUpPages = createOpenPages(["/sign-up", "/forgotten-password"]);

const withNext = (path: string, next: string) => `${path}?${new URLSearchParams({ next })}`;

/**
 * What the page was opened with: where to continue, an invitation, and what this installation requires from new
 * members.
 */
type Opened = {
  next: string;
  invitation: string | null;
  joinsTeam: boolean;
  siteKey: string | null;
  isClosed: boolean;
};

const TEAM = /^\/team\/join\/([^/?#]{1,200})$/;

function openedWith(c: Context<HonoEnv>): Opened {
  const next = pathOfOurs(c.req.query("next"));
  // A team invitation has its token in the path that people return to.
  const [, team = null] = TEAM.exec(next) ?? [];
  const invitation = c.req.query("invitation") ?? team;
  const mode = modeOf(c.env);
  const isClosed = invitation === null && mode !== "open";
  return { next, invitation, joinsTeam: team !== null, siteKey: siteKeyOf(c.env), isClosed };
}

function signUpPage(form: Form<unknown>, opened: Opened): Page {
  const { next, siteKey } = opened;
  const signIn = (
    <p class="quiet">
      <a href={withNext("/sign-in", next)}>Already have an account? Sign in</a>
    </p>
  );
  if (opened.isClosed)
    return cardOf(
      "Create account",
      <>
        <p>New accounts need an invitation. Ask the administrator of this installation for one.</p>
        {signIn}
      </>,
    );
  const page = cardOf(
    "Create account",
    <>
      <Problems form={form} />
      <form method="post" action={withNext("/sign-up", next)}>
        {opened.invitation && <input type="hidden" name="invitation" value={opened.invitation} />}
        <input type="hidden" name="time_zone" data-zone />
        <Input form={form} name="name" label="Your name" autocomplete="name" required maxlength={200} autofocus />
        <Input form={form} name="email" label="Email" type="email" autocomplete="username" required />
        <Input
          form={form}
          name="password"
          label="Password"
          type="password"
          autocomplete="new-password"
          required
          minlength={8}
          hint="At least 8 characters."
        />
        {!opened.joinsTeam && (
          <Input
            form={form}
            name="website"
            label="Your website (optional)"
            inputmode="url"
            autocomplete="url"
            placeholder="acme.com"
            hint="Becomes your first brand. You can add it later."
          />
        )}
        {siteKey && (
          <div
            class="cf-turnstile"
            data-sitekey={siteKey}
            data-response-field-name="turnstile_token"
            data-size="flexible"
          />
        )}
        <button type="submit">Create account</button>
      </form>
      {signIn}
    </>,
  );
  if (!siteKey) return page;
  const head = (
    <>
      {page.head}
      {turnstilePage.head}
    </>
  );
  return { ...page, head, policy: { ...page.policy, ...turnstilePage.policy } };
}

signUpPages.get("/sign-up", async (c) => {
  const opened = openedWith(c);
  if (await sessionIn(c)) return c.redirect(opened.next, 303);
  return sendPage(c, signUpPage(blank(), opened), opened.isClosed ? 403 : 200);
});

/** The form's invitation is in its body, so the page with its errors keeps it. */
const refusedPage = (form: Form<unknown>, c: Context<HonoEnv>) => {
  const opened = openedWith(c);
  const sent = typeof form.values.invitation === "string" ? form.values.invitation : null;
  const invitation = opened.invitation ?? sent;
  return signUpPage(form, { ...opened, invitation, isClosed: opened.isClosed && invitation === null });
};

signUpPages.post(
  "/sign-up",
  unaudited("The account is new and has no log yet."),
  ...submits(
    SignUpForm,
    (c: Context<HonoEnv>, form) => sendPage(c, refusedPage(form, c), 400),
    async (c, input) => {
      const { ctx } = c.var;
      const invitation = input.invitation ?? openedWith(c).invitation;
      const { id } = await signUp(ctx, { ...input, invitation }, visitOf(c));
      keepSession(c, await openSession(ctx, id, c.req.header("User-Agent"), tokenIn(c)));
      return c.redirect(pathOfOurs(c.req.query("next")), 303);
    },
  ),
);

const askPage = (form: Form<unknown>) =>
  cardOf(
    "Forgot your password?",
    <>
      <Problems form={form} />
      <p class="quiet">We'll email you a link to set a new one.</p>
      <form method="post">
        <Input form={form} name="email" label="Email" type="email" autocomplete="username" required autofocus />
        <button type="submit">Send link</button>
      </form>
      <p class="quiet">
        <a href="/sign-in">Back to sign-in</a>
      </p>
    </>,
  );

const askedPage = cardOf(
  "Check your email",
  <>
    <p>If an account with this email exists, a link is on its way. It works once, for one hour.</p>
    <p class="quiet">
      <a href="/sign-in">Back to sign-in</a>
    </p>
  </>,
);

signUpPages.get("/forgotten-password", (c) => sendPage(c, askPage(blank())));

signUpPages.post(
  "/forgotten-password",
  unaudited("It sends an email and changes nothing."),
  ...submits(
    ResetRequest,
    (c: Context<HonoEnv>, form) => sendPage(c, askPage(form), 400),
    async (c, { email }) => {
      await askForReset(c.var.ctx, email);
      return sendPage(c, askedPage);
    },
  ),
);
