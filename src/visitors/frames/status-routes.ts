import type { Context } from "hono";
import { z } from "zod";
import { pageRoute } from "../../auth/route";
import { participantOfLinkToken, participantOfOldLinkToken, participantToken } from "../../auth/token";
import { AppError } from "../../lib/errors";
import { sendPage } from "../../lib/html";
import { createRouter, ErrorBody, formOf, type HonoEnv } from "../../lib/http";
import { ownWallet, setOwnAddress } from "../../participants/transfers/wallet-address";
import { formToken } from "../bots/form-token";
import { renewLink } from "../widget-api/self";
import { stateOf } from "./frame";
import { browserLanguage, configOf, languageOf } from "./frame-config";
import { sendFrameFailure } from "./frame-failure";
import { notePage, renewalPage, renewedPage, statusPage } from "./frame-page";
import { StatusParam, WalletForm } from "./frame-schema";
import { walletPage } from "./wallet-page";

export const statusRoutes = createRouter();
statusRoutes.onError(sendFrameFailure);

const tags = ["Pages"];
const page = { "text/html": { schema: z.string() } };
const gone = { description: "A page with the error.", content: page };

statusRoutes.openapi(
  pageRoute({
    method: "get",
    path: "/status/{token}",
    operationId: "getStatusPage",
    summary: "Show a participant's own page",
    description:
      "Linked from emails. The token is valid for seven days, or for one day if the participant requested it. After that, the page offers to send a new link.",
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

statusRoutes.openapi(
  pageRoute({
    method: "post",
    path: "/status/{token}",
    operationId: "renewStatusLink",
    summary: "Send a participant a new link to their own page",
    description:
      "The button on the page of an expired link. The new link goes to the participant's own email address, at most three times a day. The response does not reveal if a link was sent.",
    tags,
    request: { params: StatusParam },
    responses: { 200: { description: "A page.", content: page }, 404: gone },
  }),
  async (c) => {
    const old = await oldLink(c, c.req.valid("param").token);
    if (!old) return sendPage(c, notePage(browserLanguage(c), "status"), 404);
    const { ctx } = c.var;
    // Runs after the response, so timing reveals nothing.
    ctx.later(renewLink(ctx, old));
    return sendPage(c, renewedPage(old.config, languageOf(c, old.config)));
  },
);

/**
 * The link's owner and campaign, no matter how old the link is. Null if it is not ours, or the campaign no longer
 * exists.
 */
async function oldLink(c: Context<HonoEnv>, link: string) {
  const participant = await participantOfOldLinkToken(c.var.ctx.env, link);
  const config = participant && (await configOf(c, participant.campaignId));
  return participant && config && { ...participant, config };
}

/** The page state for a participant who earned tokens, with a link to their wallet page. */
async function withWallet(c: Context<HonoEnv>, { state, participantId, token }: Own) {
  if (state.step !== "share" || !state.me.rewards.some(({ type, status }) => type === "token" && status === "pending"))
    return state;
  const { address } = await ownWallet(c.var.ctx, participantId);
  return { ...state, me: { ...state.me, wallet: { path: `/status/${token}/wallet`, address } } };
}

statusRoutes.openapi(
  pageRoute({
    method: "get",
    path: "/status/{token}/wallet",
    operationId: "getWalletPage",
    summary: "Show the page for a participant's wallet address",
    description: "Linked from the participant's own page if they earned a token. Uses the same token as that page.",
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

statusRoutes.openapi(
  pageRoute({
    method: "post",
    path: "/status/{token}/wallet",
    operationId: "setWalletByForm",
    summary: "Submit a participant's wallet address",
    description: "Submits that page's form. Transfers already handed to the wallet keep their address.",
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
