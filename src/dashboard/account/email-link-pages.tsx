import { CardForm, cardPage } from "../../delivery/email/link-card";

/** Members' pages are always in English, like the API reference. */
const LANGUAGE = "en";

export const verifyPage = () =>
  cardPage(
    LANGUAGE,
    "Verify your email",
    <>
      <p>Confirm that this email address is yours, and that you created the account.</p>
      <CardForm button="Verify my email" />
      <p>
        You did not create it? <a href="/forgotten-password">Set a password of your own</a> instead. That ends all
        access of whoever did.
      </p>
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

export const resetPage = (problem?: string) =>
  cardPage(
    LANGUAGE,
    "Choose a new password",
    <CardForm button="Set password">
      <label for="password">New password</label>
      <input
        id="password"
        name="password"
        type="password"
        autocomplete="new-password"
        required
        minlength={8}
        maxlength={1000}
        aria-describedby="about"
        aria-invalid={problem ? "true" : undefined}
        autofocus={Boolean(problem)}
      />
      <p id="about" class={problem ? "error" : "hint"}>
        {problem ?? "At least 8 characters."}
      </p>
      <label class="check">
        <input type="checkbox" name="end_keys" value="on" /> Revoke all API keys, because someone else may have had
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

export const badLinkPage = () =>
  cardPage(
    LANGUAGE,
    "This link does not work",
    <p>It was already used, has expired, or is incomplete. Request a new one and open the latest email.</p>,
  );
