import { CardForm, cardPage } from "../../delivery/email/link-card";

/** Members' pages are always in English, like the API reference. */
const LANGUAGE = "en";

const VERIFY = "Verify my email";

export const verifyPage = () =>
  cardPage(
    LANGUAGE,
    "Verify your email",
    <>
      <p>Confirm that this email address is yours, and that you created the account.</p>
      <CardForm button={VERIFY} />
    </>,
  );

/** A page for a reader who is not signed in and may not have created the account. */
export const verifyWithPasswordPage = (problem?: string) =>
  cardPage(
    LANGUAGE,
    "Verify your email",
    <>
      <p>Enter the password that you chose when you created the account.</p>
      <CardForm button={VERIFY}>
        <PasswordField label="Password" autocomplete="current-password" hint={null} problem={problem} />
      </CardForm>
      <h2>You don't know the password?</h2>
      <p>
        Then someone else may have registered your email address. Verify it without the password, and choose a new
        password. This ends the account's old password, sessions, API keys, team roles, webhooks, and two-step
        verification.
      </p>
      <CardForm button="Verify and end all other access">
        <input type="hidden" name="end_access" value="on" />
      </CardForm>
    </>,
  );

export const verifiedPage = () =>
  cardPage(
    LANGUAGE,
    "Your email is verified",
    <p>
      You can close this page or go <a href="/home">to the dashboard</a>.
    </p>,
  );

/** `action` is the path that sets the password. */
export const accessEndedPage = (action: string) =>
  cardPage(
    LANGUAGE,
    "Your email is verified",
    <>
      <p>All earlier access to the account has ended. Choose a password to sign in with.</p>
      <CardForm button="Set password" action={action}>
        <PasswordField {...NEW_PASSWORD} />
      </CardForm>
    </>,
  );

type PasswordFieldProps = { label: string; autocomplete: string; hint: string | null; problem?: string | undefined };
const NEW_PASSWORD = { label: "New password", autocomplete: "new-password", hint: "At least 8 characters." } as const;

const PasswordField = ({ label, autocomplete, hint, problem }: PasswordFieldProps) => (
  <>
    <label for="password">{label}</label>
    <input
      id="password"
      name="password"
      type="password"
      autocomplete={autocomplete}
      required
      minlength={hint ? 8 : undefined}
      maxlength={1000}
      aria-describedby={problem || hint ? "about" : undefined}
      aria-invalid={problem ? "true" : undefined}
      autofocus={Boolean(problem)}
    />
    {(problem || hint) && (
      <p id="about" class={problem ? "error" : "hint"}>
        {problem ?? hint}
      </p>
    )}
  </>
);

export const resetPage = (problem?: string) =>
  cardPage(
    LANGUAGE,
    "Choose a new password",
    <CardForm button="Set password">
      <PasswordField {...NEW_PASSWORD} problem={problem} />
      <label class="check">
        <input type="checkbox" name="end_keys" value="on" /> Revoke all API keys because someone else may have had
        access
      </label>
    </CardForm>,
  );

export const passwordSetPage = () =>
  cardPage(
    LANGUAGE,
    "Your password is set",
    <p>
      <a href="/sign-in">Sign in</a> with your new password. All sessions and API tokens have ended; API keys still work
      unless you revoked them. The link in the email can't be used again.
    </p>,
  );

const NEW_LINKS = {
  verify: ["/account", "Request a new one in your account"],
  reset: ["/forgotten-password", "Request a new one"],
} as const;

export function badLinkPage(purpose: keyof typeof NEW_LINKS) {
  const [path, label] = NEW_LINKS[purpose];
  return cardPage(
    LANGUAGE,
    "This link does not work",
    <p>
      It has already been used, has expired, or is incomplete. <a href={path}>{label}</a>, and open the latest email.
    </p>,
  );
}
