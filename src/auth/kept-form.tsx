import type { Context } from "hono";
import { bodyOf } from "../dashboard/form";
import { cardOf } from "../dashboard/layout";
import type { Page } from "../lib/html";

/** Larger ones are chosen or typed again: a page is no place for them. */
const KEPT_MAX_CHARS = 200_000;
const SECRETS = /password|token|secret/i;

/**
 * What to show for a form that came after its session had ended: a page that holds all that was typed, secrets and files left out,
 * and sends it once its person has signed in again. Null when there is nothing worth keeping. It was sent from here, so that its
 * reader wrote it himself.
 */
export async function keptForm(c: Context, signIn: string): Promise<Page | null> {
  const sent = await bodyOf(c).catch(() => ({}));
  const fields = Object.entries(sent).flatMap(([name, values]) => [values].flat().map((value) => ({ name, value })));
  const kept = fields.flatMap(({ name, value }) =>
    typeof value === "string" && !SECRETS.test(name) ? [{ name, value }] : [],
  );
  const chars = kept.reduce((total, { name, value }) => total + name.length + value.length, 0);
  if (!kept.some(({ name, value }) => value !== "" && !name.startsWith("@")) || chars > KEPT_MAX_CHARS) return null;
  const hasFiles = fields.some(({ value }) => value instanceof File && value.size > 0);
  return cardOf(
    "You are signed out",
    <>
      <p>Your session ended while you were writing. Nothing is lost: sign in again in a new tab, and come back here.</p>
      <p>
        <a class="button main" href={signIn} target="_blank" rel="noopener">
          Sign in in a new tab
        </a>
      </p>
      <form method="post" action={new URL(c.req.url).pathname + new URL(c.req.url).search}>
        {kept.map(({ name, value }) => (
          <input type="hidden" name={name} value={value} />
        ))}
        <button type="submit" class="button">
          Then send what I wrote
        </button>
      </form>
      {hasFiles && <p class="hint">The files that you chose have to be chosen again afterwards.</p>}
    </>,
  );
}
