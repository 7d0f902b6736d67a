import { type Context, Hono } from "hono";
import { unaudited } from "../../auth/audited";
import { sendPage } from "../../lib/html";
import type { HonoEnv } from "../../lib/http";
import { closeOperatorSession, OPERATOR_SIGN_IN, openOperatorSession } from "../doors/operator-door";
import { Input, Problems } from "../ui/field";
import { blank, type Form, submits } from "../ui/form";
import { cardOf } from "../ui/layout";
import { Token } from "./operator-schema";

export const signInPages = new Hono<HonoEnv>();

const signInPage = (form: Form<unknown>) =>
  cardOf(
    "Operator",
    <>
      <Problems form={form} />
      <form method="post" action={OPERATOR_SIGN_IN}>
        <Input form={form} name="token" label="Token" type="password" autocomplete="off" required autofocus />
        <button type="submit">Sign in</button>
      </form>
      <p class="quiet">This installation's OPERATOR_TOKEN secret. You stay signed in for one hour.</p>
    </>,
  );

signInPages.get(OPERATOR_SIGN_IN, (c) => sendPage(c, signInPage(blank())));

signInPages.post(
  OPERATOR_SIGN_IN,
  unaudited("The operator signs in; no account changes."),
  ...submits(
    Token,
    (c: Context<HonoEnv>, form) => sendPage(c, signInPage(form), 400),
    async (c, { token }) => {
      await openOperatorSession(c, token);
      return c.redirect("/operator", 303);
    },
  ),
);

signInPages.post("/operator/sign-out", unaudited("The operator signs out; no account changes."), (c) => {
  closeOperatorSession(c);
  return c.redirect(OPERATOR_SIGN_IN, 303);
});
