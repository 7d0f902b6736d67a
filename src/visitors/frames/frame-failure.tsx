import type { Context } from "hono";
import type { ContentfulStatusCode } from "hono/utils/http-status";
import { sendPage } from "../../lib/html";
import { failureOf, type HonoEnv, renderError } from "../../lib/http";
import { AUTO, languageFor } from "../../texts/text";
import { notePage } from "./frame-page";
import type { PanelState } from "./panel";

/**
 * The error as a page for browsers or JSON for programs. Any site may frame the page, so it contains nothing about a
 * campaign.
 */
export function sendFrameFailure(error: Error, c: Context<HonoEnv>) {
  if (!c.var.reads_pages) return renderError(error, c);
  const { status } = failureOf(error, c);
  const why = status === 429 || status === 503 ? "busy" : "failed";
  return sendPage(c, notePage(languageFor(AUTO, c.req.header("Accept-Language")), why), status);
}

/** The status for a page with this panel. A rejected signup has its error's status and sets `Retry-After`. */
export function statusOf(state: PanelState | undefined, c: Context<HonoEnv>): ContentfulStatusCode {
  if (state?.step !== "form") return 200;
  return state.refusal ? failureOf(state.refusal, c).status : 400;
}
