import type { Context } from "hono";
import type { Child } from "hono/jsx";
import type { Session } from "../../auth/sessions/session";
import { bodyUpTo } from "../../lib/body-limit";
import type { Page } from "../../lib/html";
import { bodyOf } from "../ui/form";
import { cardOf } from "../ui/layout";
import { addressOfKept } from "./place";

/** Larger values must be chosen or typed again, because the page would grow too large. */
const KEPT_MAX_CHARS = 200_000;
const keepable = bodyUpTo(1_000_000);
const SECRETS = /password|token|secret/i;

type Why = { title: string; words: Child; about: "person" | "account" };

/**
 * Builds a page that keeps everything that was typed, without secrets and files, for a form that cannot be submitted
 * now. It can be submitted after the same person signs in again, and only to the same account. Null if nothing is worth
 * keeping. The form came from this site, so its reader wrote its content.
 */
async function keptForm(c: Context, { title, words, about }: Why): Promise<Page | null> {
  const sent = await keepable(c, async () => {})
    .then(() => bodyOf(c))
    .catch(() => ({}));
  const fields = Object.entries(sent).flatMap(([name, values]) => [values].flat().map((value) => ({ name, value })));
  const kept = fields.flatMap(({ name, value }) =>
    typeof value === "string" && !SECRETS.test(name) ? [{ name, value }] : [],
  );
  const chars = kept.reduce((total, { name, value }) => total + name.length + value.length, 0);
  if (!kept.some(({ name, value }) => value !== "" && !name.startsWith("@")) || chars > KEPT_MAX_CHARS) return null;
  const hasFiles = fields.some(({ value }) => value instanceof File && value.size > 0);
  return cardOf(
    title,
    <>
      {words}
      <form method="post" action={addressOfKept(c, about)}>
        {kept.map(({ name, value }) => (
          <input type="hidden" name={name} value={value} />
        ))}
        <button type="submit" class="button">
          Send my form
        </button>
      </form>
      {hasFiles && <p class="hint">You will need to choose your files again.</p>}
    </>,
  );
}

/** The page for a form submitted after its session ended. */
export const keptUntilSignIn = (c: Context, signIn: string, about: Why["about"]) =>
  keptForm(c, {
    title: "You are signed out",
    about,
    words: (
      <>
        <p>
          Your session ended while you were writing. Nothing is lost. Sign in again in a new tab, then come back here.
        </p>
        <p>
          <a class="button main" href={signIn} target="_blank" rel="noopener">
            Sign in (new tab)
          </a>
        </p>
      </>
    ),
  });

/** The page for a form whose session has ended, submitted by another person or from another account. */
export const keptFromElsewhere = (c: Context, { person_email, account_name }: Session, about: Why["about"]) =>
  keptForm(c, {
    title: "This form belongs to another session",
    about,
    words: (
      <>
        <p>
          This form was written by someone else, or by you in another account. You are now signed in as {person_email},
          in the account of {account_name}. Nothing was changed.
        </p>
        <p>
          <a class="button main" href="/account/switch" target="_blank" rel="noopener">
            Switch account (new tab)
          </a>
        </p>
      </>
    ),
  });
