import type { Context } from "hono";
import { z } from "zod";
import { callerOf } from "../../auth/caller";
import { participantRoute, publicRoute } from "../../auth/route";
import { COPY_LIFETIME_SECONDS, leadersCopy, widgetCopy } from "../../campaigns/copies";
import { cachedJson, cachedValue } from "../../lib/edge";
import { answers, createRouter, fails, type HonoEnv, ok, takes } from "../../lib/http";
import { referralOf } from "../../participants/aliases/alias";
import { identify } from "./identify";
import { Identified, WidgetIdentity } from "./identify-schema";
import { countImpression } from "./impression";
import { join } from "./join";
import { leaders } from "./leaders";
import { chooseWord } from "./own-word";
import { inviteByMail, ownNumbers, shareOn } from "./self";
import {
  ConfigQuery,
  Counted,
  Invite,
  Invited,
  Leaders,
  NewImpression,
  NewShare,
  NewWord,
  OldLinkQuery,
  OwnLink,
  OwnNumbers,
  Shared,
  SignupAnswer,
  WidgetSignup,
} from "./widget-api-schema";
import { Config, widgetConfig } from "./widget-config";

export const widgetApiRoutes = createRouter();

const tags = ["Widget"];
/** Short, because participants check their rank right after they have referred a friend. */
const LEADERS_LIFETIME_SECONDS = 15;

widgetApiRoutes.openapi(
  publicRoute({
    method: "post",
    path: "/signup",
    operationId: "createWidgetSignup",
    summary: "Sign up a visitor",
    description:
      "If the email is already in the campaign, the response is `{already_joined: true}` and nothing else, unless the same form signed it up a moment ago (`form_id`). Limited to 20 requests per minute per IP address and campaign.\n\nIf the campaign has Turnstile keys, `turnstile_token` is required. Without keys, or while Cloudflare cannot be reached, a form that comes back within 1.5 seconds of its `form_token` is refused, and one whose honeypot is filled in gets `{already_joined: true}` and is discarded. None of this applies to signups with an API key.",
    tags,
    request: { body: takes(WidgetSignup, { campaign_id: 42, email: "grace@example.com", name: "Grace" }) },
    responses: {
      200: answers(SignupAnswer, "The visitor joined."),
      ...fails("not_found", "captcha_failed", "disposable_email", "campaign_not_live"),
    },
  }),
  async (c) => c.json(ok(SignupAnswer, await join(c.var.ctx, c.req.valid("json"), callerOf(c))), 200),
);

widgetApiRoutes.openapi(
  publicRoute({
    method: "post",
    path: "/identify",
    operationId: "verifyWidgetIdentity",
    summary: "Open the participant whom the host's server vouches for",
    description:
      "For pages whose visitors are signed in at the host's site. The host's server signs who they are with the campaign's identity secret; nothing has to be typed. Signs them up if they are new, unless `join` is false.",
    tags,
    request: {
      body: takes(WidgetIdentity, {
        campaign_id: 42,
        external_id: "crm-7",
        email: "grace@example.com",
        hash: "1769860800.5f1d7a9c2b3e4d5f6a7b8c9d0e1f2a3b4c5d6e7f8a9b0c1d2e3f4a5b6c7d8e9f",
      }),
    },
    responses: {
      200: answers(Identified, "The participant's token."),
      ...fails("bad_identity", "not_found", "campaign_not_live"),
    },
  }),
  async (c) => c.json(ok(Identified, await identify(c.var.ctx, c.req.valid("json"), callerOf(c))), 200),
);

widgetApiRoutes.openapi(
  participantRoute({
    method: "get",
    path: "/participant",
    operationId: "getWidgetParticipant",
    summary: "Get the participant's own counts, goal, rewards, and rank",
    description: "For the widget, with the token that the signup returned.",
    tags,
    responses: { 200: answers(OwnNumbers, "The participant's own data.") },
  }),
  async (c) => c.json(ok(OwnNumbers, await ownNumbers(c.var.ctx)), 200),
);

widgetApiRoutes.openapi(
  participantRoute({
    method: "post",
    path: "/share",
    operationId: "createWidgetShare",
    summary: "Record a share on a channel",
    description: "The first share of a channel counts.",
    tags,
    request: { body: takes(NewShare, { social_type: 1 }) },
    responses: { 200: answers(Shared, "The link for this channel.") },
  }),
  async (c) => c.json(ok(Shared, await shareOn(c.var.ctx, c.req.valid("json").social_type)), 200),
);

widgetApiRoutes.openapi(
  participantRoute({
    method: "post",
    path: "/word",
    operationId: "createWidgetWord",
    summary: "Choose a word for the participant's link",
    description:
      "If the widget's `own_words` is on: `/t/42/rita` instead of a code. 3 to 30 letters, digits, or hyphens, in any case. Up to three words a participant; the last one is shown, and the earlier ones keep working. 409 if somebody in the campaign has the word.",
    tags,
    request: { body: takes(NewWord, { word: "rita" }) },
    responses: {
      200: answers(OwnLink, "The link."),
      ...fails("invalid_request", "words_off", "conflict"),
    },
  }),
  async (c) => c.json(ok(OwnLink, await chooseWord(c.var.ctx, c.req.valid("json").word)), 200),
);

widgetApiRoutes.openapi(
  participantRoute({
    method: "post",
    path: "/invite",
    operationId: "createWidgetInvitations",
    summary: "Invite friends by email",
    description: "If the campaign allows it. Up to 10 at a time, with daily caps per participant and per recipient.",
    tags,
    request: { body: takes(Invite, { emails: ["friend@example.com"] }) },
    responses: {
      200: answers(Invited, "The invitations were accepted."),
      ...fails("email_not_allowed"),
    },
  }),
  async (c) => c.json(ok(Invited, await inviteByMail(c.var.ctx, c.req.valid("json").emails)), 200),
);

widgetApiRoutes.openapi(
  publicRoute({
    method: "post",
    path: "/impression",
    operationId: "countImpression",
    summary: "Record an impression",
    description: "Written within a minute, so totals read immediately may not include it.",
    tags,
    request: { body: takes(NewImpression, { campaign_id: 42 }) },
    responses: { 200: answers(Counted, "Accepted."), ...fails("not_found") },
  }),
  async (c) => c.json(ok(Counted, await countImpression(c.var.ctx, c.req.valid("json").campaign_id)), 200),
);

widgetApiRoutes.openapi(
  publicRoute({
    method: "get",
    path: "/config",
    operationId: "getWidgetConfig",
    summary: "Get the widget's configuration",
    description:
      "Cached at the edge for a minute, with an `ETag`. Codes, links, and messages of rewards are not shown until they are earned.",
    tags,
    request: { query: ConfigQuery },
    responses: {
      200: answers(Config, "The widget's settings, goal, and kind of reward."),
      304: { description: "Unchanged since the version in `If-None-Match`." },
      ...fails("not_found"),
    },
  }),
  (c) => {
    const { campaign_id } = c.req.valid("query");
    return cachedJson(c, widgetCopy(campaign_id), COPY_LIFETIME_SECONDS, async () => ({
      body: ok(Config, await widgetConfig(c.var.ctx, campaign_id)),
      shared: true,
    }));
  },
);

widgetApiRoutes.openapi(
  publicRoute({
    method: "get",
    path: "/config.js",
    operationId: "getWidgetScript",
    summary: "Get the widget's configuration as a script",
    description:
      "A module whose default export is the configuration, for pages whose policy allows scripts of ours only.",
    tags: ["Pages"],
    request: { query: ConfigQuery },
    responses: {
      200: {
        description: "The configuration.",
        content: { "text/javascript": { schema: z.string(), example: 'export default {"campaign_id":42}' } },
      },
      ...fails("not_found"),
    },
  }),
  async (c) => {
    const { campaign_id } = c.req.valid("query");
    const { value } = await cachedValue(c, widgetCopy(campaign_id), COPY_LIFETIME_SECONDS, async () =>
      ok(Config, await widgetConfig(c.var.ctx, campaign_id)),
    );
    return sendModule(c, value.data);
  },
);

widgetApiRoutes.openapi(
  publicRoute({
    method: "get",
    path: "/old-link.js",
    operationId: "getWidgetOldLink",
    summary: "Get our referral code for an old link",
    description:
      "A module whose default export is our referral code of the participant who had the first of these codes that is known, or an empty text. The widget asks for it if the page's URL has a parameter of another product.",
    tags,
    request: { query: OldLinkQuery },
    responses: {
      200: {
        description: "The code.",
        content: { "text/javascript": { schema: z.string(), example: 'export default "NDI6Njo3.x1Yz-0aBcDeFgH"' } },
      },
    },
  }),
  async (c) => {
    const { campaign_id, code } = c.req.valid("query");
    return sendModule(c, (await referralOf(c.var.ctx, campaign_id, code))?.code ?? "");
  },
);

const sendModule = (c: Context<HonoEnv>, value: unknown) =>
  c.body(`export default ${JSON.stringify(value)}`, 200, {
    "Content-Type": "text/javascript; charset=utf-8",
    "Cache-Control": "no-cache",
    "X-Content-Type-Options": "nosniff",
  });

widgetApiRoutes.openapi(
  publicRoute({
    method: "get",
    path: "/leaderboard",
    operationId: "getWidgetLeaderboard",
    summary: "Get the widget's leaderboard",
    description:
      "The top ten, with shortened names. Empty if the widget's `leaderboard_on` is off. Cached at the edge for 15 seconds, with an `ETag`.",
    tags,
    request: { query: ConfigQuery },
    responses: {
      200: answers(Leaders, "Ranked by referrals, then clicks."),
      304: { description: "Unchanged since the version in `If-None-Match`." },
      ...fails("not_found"),
    },
  }),
  (c) => {
    const { campaign_id } = c.req.valid("query");
    return cachedJson(c, leadersCopy(campaign_id), LEADERS_LIFETIME_SECONDS, async () => ({
      body: ok(Leaders, { leaderboard: await leaders(c.var.ctx, campaign_id) }),
      shared: true,
    }));
  },
);
