import type { Context } from "hono";
import { SecondStep } from "../../accounts/account-schema";
import { secondStep } from "../../accounts/sign-in";
import { unaudited } from "../../auth/audited";
import { sendPage } from "../../lib/html";
import type { HonoEnv } from "../../lib/http";
import { createOpenPages, pathOfOurs } from "../doors/pages";
import { Problems } from "../ui/field";
import { type Form, submits, valueAt } from "../ui/form";
import { cardOf } from "../ui/layout";
import { enter } from "./entrance";
import { CodeInput } from "./proof-inputs";

const PATH = "/sign-in/code";

/** The second step of signing in. The form carries proof of the first step. */
export const secondStepPages = createOpenPages([PATH]);

export const secondStepPage = (form: Form<unknown>, next: string) =>
  cardOf(
    "Enter your code",
    <>
      <Problems form={form} />
      <form method="post" action={`${PATH}?${new URLSearchParams({ next })}`}>
        <input type="hidden" name="proof" value={String(valueAt(form.values, "proof") ?? "")} />
        <CodeInput form={form} />
        <button type="submit">Sign in</button>
      </form>
      <p class="quiet">
        Lost your phone and your recovery codes? Contact the administrator. <a href="/sign-in">Back to sign-in</a>
      </p>
    </>,
  );

secondStepPages.get(PATH, (c) => c.redirect("/sign-in", 303));

secondStepPages.post(
  PATH,
  unaudited("The account page lists the sessions."),
  ...submits(
    SecondStep,
    (c: Context<HonoEnv>, form) => sendPage(c, secondStepPage(form, pathOfOurs(c.req.query("next"))), 400),
    async (c, step) => enter(c, await secondStep(c.var.ctx, step)),
  ),
);
