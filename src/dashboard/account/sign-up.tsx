import type { Context } from "hono";
import { ResetRequest, SignUp } from "../../accounts/account-schema";
import { signUp } from "../../accounts/member";
import { askForReset } from "../../accounts/recovery";
import { unaudited } from "../../auth/audited";
import { keepSession, sessionIn, tokenIn } from "../../auth/page-session";
import { visitOf } from "../../auth/route";
import { openSession } from "../../auth/sessions/session";
import { sendPage } from "../../lib/html";
import type { HonoEnv } from "../../lib/http";
import { createOpenPages, pathOfOurs } from "../doors/pages";
import { Input, Problems } from "../ui/field";
import { blank, type Form, submits } from "../ui/form";
import { cardOf } from "../ui/layout";

export const signUpPages = createOpenPages(["/sign-up", "/forgotten-password"]);

const withNext = (path: string, next: string) => `${path}?${new URLSearchParams({ next })}`;

const signUpPage = (form: Form<unknown>, next: string) =>
  cardOf(
    "Create account",
    <>
      <Problems form={form} />
      <form method="post" action={withNext("/sign-up", next)}>
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
        <Input
          form={form}
          name="website"
          label="Your website (optional)"
          inputmode="url"
          autocomplete="url"
          placeholder="acme.com"
          hint="Becomes your first brand. You can add it later."
        />
        <button type="submit">Create account</button>
      </form>
      <p class="quiet">
        <a href={withNext("/sign-in", next)}>Already have an account? Sign in</a>
      </p>
    </>,
  );

signUpPages.get("/sign-up", async (c) => {
  const next = pathOfOurs(c.req.query("next"));
  return (await sessionIn(c)) ? c.redirect(next, 303) : sendPage(c, signUpPage(blank(), next));
});

signUpPages.post(
  "/sign-up",
  unaudited("The account is new and has no log yet."),
  ...submits(
    SignUp,
    (c: Context<HonoEnv>, form) => sendPage(c, signUpPage(form, pathOfOurs(c.req.query("next"))), 400),
    async (c, input) => {
      const { ctx } = c.var;
      const { id } = await signUp(ctx, input, visitOf(c));
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
