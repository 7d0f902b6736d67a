import type { Context } from "hono";
import { isRead, type PageContext, sessionIn } from "../../auth/page-session";
import type { ErrorCode } from "../../lib/errors";
import { sendPage } from "../../lib/html";
import { failureOf, type HonoEnv } from "../../lib/http";
import { Icon } from "../../lib/icon";
import { cardOf, show } from "./layout";

type Said = { title: string; help?: string };

const SAID: Partial<Record<ErrorCode, Said>> = {
  not_found: { title: "Page not found", help: "It may have been deleted, or you don't have access." },
  rate_limited: { title: "Too many attempts" },
  participant_limit: { title: "Plan limit reached" },
  role_needed: { title: "You don't have permission to change this" },
  cross_site: {
    title: "Request from another site",
    help: "Forms are only accepted from the dashboard's own pages. Nothing was changed. Open the page here and try again.",
  },
  overloaded: { title: "The service is busy", help: "Nothing is lost. Try again in a moment." },
  database_full: {
    title: "The database is full",
    help: "Nothing can be saved until the administrator makes room. Please let them know.",
  },
};

const CHECK = "Check the URL. To see your account's pages, sign in first.";

/** Renders an error as a page, with the menu if the reader is signed in, and links to continue. The API returns the same error as JSON. */
export function sendDashboardFailure(error: Error, c: Context<HonoEnv>) {
  const { known, status } = failureOf(error, c);
  const { title, help = known.message } = SAID[known.code] ?? { title: "Something went wrong" };
  const report = status >= 500 && (
    <p class="quiet">
      If it happens again, report this ID: <code>{c.var.requestId}</code>
    </p>
  );
  if (isSignedIn(c))
    return show(c, {
      title,
      section: null,
      status,
      body: (
        <div class="empty">
          <span class="empty-picture">
            <Icon of={known.code === "not_found" ? "search" : "triangle-alert"} size={20} />
          </span>
          <h1>{title}</h1>
          <p>{help}</p>
          {report}
          <a class="button main" href="/home">
            Go to dashboard
          </a>
        </div>
      ),
    });
  const isOperator = c.var.ctx.actor.kind === "operator";
  const body = (
    <>
      <p>{known.code === "not_found" && !isOperator ? CHECK : help}</p>
      {report}
      {isOperator ? (
        <a class="button main" href="/operator">
          Go to operator pages
        </a>
      ) : (
        <div class="actions">
          <a class="button main" href="/sign-in">
            Sign in
          </a>
          <a class="button" href="/">
            Go to front page
          </a>
        </div>
      )}
    </>
  );
  return sendPage(c, cardOf(title, body), status);
}

/** The session that was opened for the page, if the request got that far. */
const isSignedIn = (c: Context): c is PageContext => "session" in c.var && c.var.session !== undefined;

/** Opens the session for a page that does not exist, so signed-in people see the menu on it. */
export async function openForMenu(c: Context) {
  const session = isRead(c) ? await sessionIn(c) : null;
  if (!session || session.needs_second_factor) return;
  c.set("session", session);
}
