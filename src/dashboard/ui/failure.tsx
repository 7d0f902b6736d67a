import type { Context } from "hono";
import type { ErrorCode } from "../../lib/errors";
import { sendPage } from "../../lib/html";
import { failureOf, type HonoEnv } from "../../lib/http";
import { cardOf } from "./layout";

type Said = { title: string; help?: string };

const SAID: Partial<Record<ErrorCode, Said>> = {
  not_found: { title: "There is nothing here", help: "It was deleted, or it is in another account than yours." },
  rate_limited: {
    title: "Too many tries",
    help: "Please wait a minute and try again. Nothing of what you sent was done, and your password is as it was.",
  },
  role_needed: { title: "This is not yours to change" },
  cross_site: {
    title: "This came from another site",
    help: "Forms are taken from our own pages only. Nothing was changed. Please open the page here and send it again.",
  },
  overloaded: { title: "Too much at once", help: "Nothing is lost. Please try again in a moment." },
};

/** Tells somebody at the dashboard what a program is told in JSON, and a way on from there. */
export function sendDashboardFailure(error: Error, c: Context<HonoEnv>) {
  const { known, status } = failureOf(error, c);
  const { title, help = known.message } = SAID[known.code] ?? { title: "That did not work" };
  const body = (
    <>
      <p>{help}</p>
      {status >= 500 && (
        <p class="quiet">
          If it happens again, tell us this number: <code>{c.var.requestId}</code>
        </p>
      )}
      <p>
        <a href="/home">To the dashboard</a>
      </p>
    </>
  );
  return sendPage(c, cardOf(title, body), status);
}
