import type { Context } from "hono";
import type { ContentfulStatusCode } from "hono/utils/http-status";
import { sendPage } from "../../lib/html";
import { failureOf, type HonoEnv, renderError } from "../../lib/http";
import { AUTO, languageFor } from "../../texts/text";
import { notePage } from "./frame-page";
import type { PanelState } from "./panel";

/** Tells who reads pages what a program is told in JSON, on a page that every site may frame: nothing of a campaign is in it. */
export function sendFrameFailure(error: Error, c: Context<HonoEnv>) {
  if (!c.var.reads_pages) return renderError(error, c);
  const { status } = failureOf(error, c);
  const why = status === 429 || status === 503 ? "busy" : "failed";
  return sendPage(c, notePage(languageFor(AUTO, c.req.header("Accept-Language")), why), status);
}

/** With which status a page with this panel is answered. A refusal keeps its own, and says when to come back. */
export function statusOf(state: PanelState | undefined, c: Context<HonoEnv>): ContentfulStatusCode {
  if (state?.step !== "form") return 200;
  return state.refusal ? failureOf(state.refusal, c).status : 400;
}
