import type { Context } from "hono";
import { z } from "zod";
import { callerOf, pageRoute, publicRoute } from "../../auth/route";
import { participantOfLinkToken, participantOfOldLinkToken, participantToken } from "../../auth/token";
import { COPY_LIFETIME_SECONDS, widgetCopy } from "../../campaigns/copies";
import { cachedValue } from "../../lib/edge";
import { AppError } from "../../lib/errors";
import { sendPage } from "../../lib/html";
import { createRouter, ErrorBody, fails, formOf, type HonoEnv, ok } from "../../lib/http";
import { ownWallet, setOwnAddress } from "../../participants/transfers/wallet-address";
import { knownLanguage, languageFor, textsOf } from "../../texts/text";
import { formToken } from "../bots/form-token";
import { invitationIn } from "../invitations/inviter";
import { renewLink } from "../widget-api/self";
import { Config, configAt, type WidgetConfig, widgetConfig } from "../widget-api/widget-config";
import { ancestorsOf, joinByForm, stateOf } from "./frame";
import { sendFrameFailure, statusOf } from "./frame-failure";
import { framePage, notePage, renewalPage, renewedPage, statusPage } from "./frame-page";
import { CodeParam, FrameForm, FrameParam, FrameQuery, StatusParam, WalletForm } from "./frame-schema";
import type { PanelState } from "./panel";
import { qrOf } from "./qr";
import { walletPage } from "./wallet-page";

export const frameRoutes = createRouter();
frameRoutes.onError(sendFrameFailure);

const tags = ["Pages"];
const page = { "text/html": { schema: z.string() } };
const gone = { description: "A page with the error.", content: page };

/**
 * Shares its cached copy with the API's widget configuration.
 * @returns null if there is no such campaign
 */
async function configOf(c: Context<HonoEnv>, campaignId: number) {
  try {
    const { value } = await cachedValue(c, widgetCopy(campaignId), COPY_LIFETIME_SECONDS, async () =>
      ok(Config, await widgetConfig(c.var.ctx, campaignId)),
    );
    return configAt(value.data, c.var.ctx.now());
  } catch (error) {
    if (error instanceof AppError && error.code === "not_found") return null;
    throw error;
  }
}

const browserLanguage = (c: Context) => languageFor("auto", c.req.header("Accept-Language"));

/** Sends the frame in the state that `come` returns, or with the empty form. */
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

frameRoutes.openapi(
  pageRoute({
    method: "get",
    path: "/status/{token}",
    operationId: "getStatusPage",
    summary: "Show a participant's own page",
    description:
      "The target of links in emails. The token is valid for seven days, or for one day if it was asked for. After that, the page offers to send a new link.",
    tags,
    request: { params: StatusParam },
    responses: { 200: { description: "A page.", content: page }, 404: gone },
  }),
  async (c) => {
    const { token } = c.req.valid("param");
    const status = await ownStatus(c, token);
    if (status) {
      const { config } = status;
      const state = await withWallet(c, status);
      const form_token = await formToken(c.env, config.campaign_id, c.var.ctx.now());
      return sendPage(c, statusPage(config, languageOf(c, config), state, form_token));
    }
    const old = await oldLink(c, token);
    if (old) return sendPage(c, renewalPage(old.config, languageOf(c, old.config)), 404);
    return sendPage(c, notePage(browserLanguage(c), "status"), 404);
  },
);

frameRoutes.openapi(
  pageRoute({
    method: "post",
    path: "/status/{token}",
    operationId: "renewStatusLink",
    summary: "Send a participant a new link to their own page",
    description:
      "The button on the page of an expired link. The new link goes to the participant's own email address, at most three times a day. The response does not tell whether one was sent.",
    tags,
    request: { params: StatusParam },
    responses: { 200: { description: "A page.", content: page }, 404: gone },
  }),
  async (c) => {
    const old = await oldLink(c, c.req.valid("param").token);
    if (!old) return sendPage(c, notePage(browserLanguage(c), "status"), 404);
    const { ctx } = c.var;
    // After the response, whose timing must not tell either.
    ctx.later(renewLink(ctx, old));
    return sendPage(c, renewedPage(old.config, languageOf(c, old.config)));
  },
);

const languageOf = (c: Context, { widget }: WidgetConfig) =>
  languageFor(widget.language, c.req.header("Accept-Language"));

/** Whose link it is and their campaign, however old the link is. Null if it is not ours, or the campaign is gone. */
async function oldLink(c: Context<HonoEnv>, link: string) {
  const participant = await participantOfOldLinkToken(c.var.ctx.env, link);
  const config = participant && (await configOf(c, participant.campaignId));
  return participant && config && { ...participant, config };
}

/** The state of the page of someone who earned tokens, with the way to the page of their wallet. */
async function withWallet(c: Context<HonoEnv>, { state, participantId, token }: Own) {
  if (state.step !== "share" || !state.me.rewards.some(({ type, status }) => type === "token" && status === "pending"))
    return state;
  const { address } = await ownWallet(c.var.ctx, participantId);
  return { ...state, me: { ...state.me, wallet: { path: `/status/${token}/wallet`, address } } };
}

frameRoutes.openapi(
  pageRoute({
    method: "get",
    path: "/status/{token}/wallet",
    operationId: "getWalletPage",
    summary: "Show the page for a participant's wallet address",
    description: "Linked from the participant's own page if they earned a token. The token is that page's.",
    tags,
    request: { params: StatusParam },
    responses: { 200: { description: "A page.", content: page }, 404: gone },
  }),
  async (c) => {
    const own = await ownStatus(c, c.req.valid("param").token);
    if (!own) return sendPage(c, notePage(browserLanguage(c), "status"), 404);
    const { address } = await ownWallet(c.var.ctx, own.participantId);
    return sendPage(c, walletPage(own.config, languageOf(c, own.config), { address }));
  },
);

frameRoutes.openapi(
  pageRoute({
    method: "post",
    path: "/status/{token}/wallet",
    operationId: "setWalletByForm",
    summary: "Submit a participant's wallet address",
    description: "The form of that page. Tokens that the wallet was told to send already keep their address.",
    tags,
    request: {
      params: StatusParam,
      body: {
        content: {
          "application/x-www-form-urlencoded": {
            schema: WalletForm,
            example: { address: "0xfB6916095ca1df60bB79Ce92cE3Ea74c37c5d359" },
          },
        },
      },
    },
    responses: {
      200: { description: "The address was saved.", content: page },
      400: {
        description: "The form with its error.",
        content: { ...page, "application/json": { schema: ErrorBody } },
      },
      404: gone,
    },
  }),
  async (c) => {
    const own = await ownStatus(c, c.req.valid("param").token);
    if (!own) return sendPage(c, notePage(browserLanguage(c), "status"), 404);
    const { address: typed } = WalletForm.parse(await formOf(c));
    const set = await setOwnAddress({ ...c.var.ctx, actor: own.actor }, typed);
    const language = languageOf(c, own.config);
    if ("refused" in set) return sendPage(c, walletPage(own.config, language, { address: null, typed }), 400);
    return sendPage(c, walletPage(own.config, language, { address: set.address, isSaved: true }));
  },
);

type Own = NonNullable<Awaited<ReturnType<typeof ownStatus>>>;

/** Null if the token is not ours or has expired, or if the participant was erased or has not confirmed their email. */
async function ownStatus(c: Context<HonoEnv>, link: string) {
  const { ctx } = c.var;
  const participant = await participantOfLinkToken(ctx.env, link);
  const config = participant && (await configOf(c, participant.campaignId));
  if (!participant || !config) return null;
  const { participantId: id, campaignId: campaign_id } = participant;
  const token = await participantToken(ctx.env, { id, campaign_id }, ctx.now(), participant);
  try {
    const actor = { kind: "participant" as const, ...participant };
    return { config, actor, participantId: id, token: link, state: await stateOf({ ...ctx, actor }, token) };
  } catch (error) {
    if (error instanceof AppError && (error.code === "unauthenticated" || error.code === "not_found")) return null;
    throw error;
  }
}

frameRoutes.openapi(
  publicRoute({
    method: "get",
    path: "/qr/{code}",
    operationId: "getQrCode",
    summary: "Get the QR code of a share link",
    description: "`.svg` or `.png` can follow the code. Signed codes only.",
    tags,
    request: { params: CodeParam },
    responses: {
      200: {
        description: "An image.",
        content: { "image/svg+xml": { schema: z.string() }, "image/png": { schema: z.string() } },
      },
      ...fails("not_found"),
    },
  }),
  async (c) => {
    const { type, body } = await qrOf(c.var.ctx, c.req.valid("param").code);
    return c.body(body, 200, {
      "Content-Type": type,
      "Cache-Control": "public, max-age=31536000, immutable",
      "Content-Security-Policy": "default-src 'none'",
    });
  },
);
