import type { Context } from "hono";
import { z } from "zod";
import { callerOf } from "../../auth/caller";
import { pageRoute } from "../../auth/route";
import { sendPage } from "../../lib/html";
import { createRouter, ErrorBody, formOf, type HonoEnv } from "../../lib/http";
import { knownLanguage, textsOf } from "../../texts/text";
import { formToken } from "../bots/form-token";
import { invitationIn } from "../invitations/inviter";
import { ancestorsOf, joinByForm } from "./frame";
import { browserLanguage, configOf, languageOf } from "./frame-config";
import { sendFrameFailure, statusOf } from "./frame-failure";
import { framePage, notePage } from "./frame-page";
import { FrameForm, FrameParam, FrameQuery } from "./frame-schema";
import type { PanelState } from "./panel";

export const frameRoutes = createRouter();
frameRoutes.onError(sendFrameFailure);

const tags = ["Pages"];
const page = { "text/html": { schema: z.string() } };
const gone = { description: "A page with the error.", content: page };

/** Sends the frame with the state that `come` returns, or with the empty form. */
async function sendFrame(
  c: Context<HonoEnv>,
  campaignId: number,
  query: FrameQuery,
  come?: (texts: ReturnType<typeof textsOf>) => Promise<PanelState>,
) {
  const config = await configOf(c, campaignId);
  if (!config) return sendPage(c, notePage(browserLanguage(c), "campaign"), 404);
  const { ctx } = c.var;
  const language = knownLanguage(query.lang) ?? languageOf(c, config);
  const state = await come?.(textsOf(language, config.widget.texts));
  const form_token = await formToken(ctx.env, campaignId, ctx.now());
  const { ref, mode } = query;
  const { by, gift } = await invitationIn(c, config, ref ?? "", language);
  const invitation = `${by}${gift}`.trim();
  const panel = { config, language, state, mode, form_token, referral: ref, invitation, action: "" };
  return sendPage(c, framePage(panel, ancestorsOf(config, ctx.env)), statusOf(state, c));
}

frameRoutes.openapi(
  pageRoute({
    method: "get",
    path: "/widget/{campaignId}/embed",
    operationId: "getFrame",
    summary: "Show the widget",
    description:
      "The document inside the widget's frame. Only the brand's own site can embed a private campaign (`frame-ancestors`).",
    tags,
    request: { params: FrameParam, query: FrameQuery },
    responses: { 200: { description: "A page.", content: page }, 404: gone },
  }),
  async (c) => sendFrame(c, c.req.valid("param").campaignId, c.req.valid("query")),
);

frameRoutes.openapi(
  pageRoute({
    method: "post",
    path: "/widget/{campaignId}/embed",
    operationId: "joinByForm",
    summary: "Submit the widget's form",
    description: "The form's action without JavaScript: like `POST /api/widget/signup`, but returns a page.",
    tags,
    request: {
      params: FrameParam,
      query: FrameQuery,
      body: {
        content: {
          "application/x-www-form-urlencoded": {
            schema: FrameForm,
            example: { email: "grace@example.com", name: "Grace" },
          },
        },
      },
    },
    responses: {
      200: { description: "The visitor joined, or sees where to find their link.", content: page },
      400: {
        description: "The form with its errors.",
        content: { ...page, "application/json": { schema: ErrorBody } },
      },
      404: gone,
    },
  }),
  async (c) => {
    const { campaignId } = c.req.valid("param");
    const query = c.req.valid("query");
    const form = { ...(await formOf(c)), utm: query.utm, referrer: query.from };
    return sendFrame(c, campaignId, query, (texts) => joinByForm(c.var.ctx, campaignId, form, texts, callerOf(c)));
  },
);
