import { PasswordProof, SecondFactorCode, TurningOff } from "../../accounts/account-schema";
import {
  preparedSecondFactor,
  prepareSecondFactor,
  renewRecoveryCodes,
  secondFactorOf,
  turnOffSecondFactor,
  turnOnSecondFactor,
} from "../../accounts/second-factor";
import { audited, unaudited } from "../../auth/audited";
import type { PageContext } from "../../auth/page-session";
import type { Session } from "../../auth/sessions/session";
import { createOwnPages } from "../doors/pages";
import { Input, Problems } from "../ui/field";
import { blank, type Form, submits } from "../ui/form";
import { doneAt, show } from "../ui/layout";
import { Card, Copy, Head } from "../ui/parts";
import { BackToAccount } from "./back-to-account";
import { CodeInput, PasswordInput } from "./proof-inputs";
import { codesPage } from "./recovery-codes-page";

const PATH = "/account/two-step";
const TITLE = "Two-step verification";
const page = { section: "/account", title: TITLE } as const;

/** The signed-in person's second factor. */
export const twoStepPages = createOwnPages([PATH]);

const statusOf = (form: Form<unknown>) => (Object.keys(form.errors).length > 0 ? 400 : 200);

/** Shown to people whose account requires two-step verification that they have not turned on. */
const Needed = ({ session }: { session: Session }) =>
  session.needs_second_factor ? (
    <div class="notice warn" role="status">
      {session.account_name}'s account requires two-step verification. Turn it on to continue, or{" "}
      <a href="/account/switch">switch to another account</a>.
    </div>
  ) : null;

async function overviewPage(c: PageContext, form: Form<unknown> = blank()) {
  const { isOn, codesLeft } = await secondFactorOf(c.var.ctx);
  const body = isOn ? (
    <>
      <Head
        crumbs={[["/account", "Your account"]]}
        title={TITLE}
        about="On. Signing in requires your password and a code from your authenticator app."
      >
        <a class="button danger" href={`${PATH}/off`}>
          Turn off
        </a>
      </Head>
      <div class="narrow">
        <Card title="Recovery codes">
          <p>
            {codesLeft === 1 ? "1 code is" : `${codesLeft} codes are`} left. Each can replace a code from your app once.
            New codes replace the old ones.
          </p>
          <form method="post" action={`${PATH}/codes`}>
            <Problems form={form} />
            <CodeInput form={form} />
            <button type="submit" class="button">
              Create new recovery codes
            </button>
          </form>
        </Card>
      </div>
      <BackToAccount />
    </>
  ) : (
    <>
      <Head
        crumbs={[["/account", "Your account"]]}
        title={TITLE}
        about="Signing in will require your password and a code from an app on your phone, so a stolen password alone is not enough."
      />
      <Needed session={c.var.session} />
      <div class="narrow">
        <Card>
          <p>
            You need an authenticator app, such as 1Password, Aegis, Google Authenticator, or your phone's own password
            app.
          </p>
          <form method="post" action={PATH}>
            <Problems form={form} />
            <PasswordInput form={form} />
            <button type="submit">Continue</button>
          </form>
        </Card>
      </div>
      <BackToAccount />
    </>
  );
  return show(c, { ...page, body, status: statusOf(form) });
}

twoStepPages.get(PATH, (c) => overviewPage(c));

twoStepPages.post(
  PATH,
  unaudited("It only prepares an authenticator. Turning it on is recorded."),
  ...submits(PasswordProof, overviewPage, async (c, { password }) => {
    await prepareSecondFactor(c.var.ctx, password);
    return c.redirect(`${PATH}/confirm`, 303);
  }),
);

async function confirmPage(c: PageContext, form: Form<unknown> = blank()) {
  const prepared = await preparedSecondFactor(c.var.ctx, c.var.session.person_email);
  if (!prepared) return c.redirect(PATH, 303);
  const body = (
    <>
      <Head
        crumbs={[["/account", "Your account"]]}
        title="Connect your authenticator app"
        about="Scan the code with the app, then enter the code it shows."
      />
      <div class="narrow">
        <Card>
          <img
            class="qr"
            src={`data:image/svg+xml;base64,${btoa(prepared.qr)}`}
            alt="QR code for your authenticator app"
            width="220"
            height="220"
          />
          <details>
            <summary>Cannot scan it?</summary>
            <p>Enter this key in the app instead. It is time-based.</p>
            <Copy value={prepared.secret} label="the key" />
          </details>
          <form method="post" action={`${PATH}/confirm`}>
            <Problems form={form} />
            <Input
              form={form}
              name="code"
              label="Six-digit code"
              inputmode="numeric"
              autocomplete="one-time-code"
              maxlength={7}
              required
              autofocus
            />
            <p class="quiet">Every other browser is signed out, and all API tokens end. API keys keep working.</p>
            <button type="submit">Turn on</button>
          </form>
        </Card>
      </div>
      <BackToAccount />
    </>
  );
  return show(c, { ...page, body, status: statusOf(form) });
}

twoStepPages.get(`${PATH}/confirm`, (c) => confirmPage(c));

twoStepPages.post(
  `${PATH}/confirm`,
  audited("Turned on two-step verification"),
  ...submits(SecondFactorCode, confirmPage, async (c, { code }) =>
    codesPage(c, await turnOnSecondFactor(c.var.ctx, c.var.session, code)),
  ),
);

twoStepPages.post(
  `${PATH}/codes`,
  audited("Created new recovery codes"),
  ...submits(SecondFactorCode, overviewPage, async (c, { code }) =>
    codesPage(c, await renewRecoveryCodes(c.var.ctx, code)),
  ),
);

const offPage = (c: PageContext, form: Form<unknown>) =>
  show(c, {
    ...page,
    title: "Turn off two-step verification",
    status: statusOf(form),
    body: (
      <>
        <Head
          crumbs={[["/account", "Your account"]]}
          title="Turn off two-step verification"
          about="After that, you sign in with only your password."
        />
        <div class="narrow">
          <Card>
            <form method="post">
              <Problems form={form} />
              <PasswordInput form={form} />
              <CodeInput form={form} />
              <button type="submit" class="button danger solid">
                Turn off
              </button>
            </form>
          </Card>
        </div>
        <BackToAccount />
      </>
    ),
  });

twoStepPages.get(`${PATH}/off`, (c) => offPage(c, blank()));

twoStepPages.post(
  `${PATH}/off`,
  audited("Turned off two-step verification"),
  ...submits(TurningOff, offPage, async (c, proof) => {
    await turnOffSecondFactor(c.var.ctx, proof);
    return c.redirect(doneAt("/account", "two_step_off"), 303);
  }),
);
