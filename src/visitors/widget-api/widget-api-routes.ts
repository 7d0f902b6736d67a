import { z } from "zod";
import { callerOf, participantRoute, publicRoute } from "../../auth/route";
import { COPY_LIFETIME_SECONDS, leadersCopy, widgetCopy } from "../../campaigns/copies";
import { cachedJson } from "../../lib/edge";
import { answers, createRouter, fails, ok, takes } from "../../lib/http";
import { countImpression } from "./impression";
import { join } from "./join";
import { leaders } from "./leaders";
import { inviteByMail, ownNumbers, shareOn } from "./self";
import {
  AlreadyJoined,
  ConfigQuery,
  Counted,
  Invite,
  Invited,
  Joined,
  Leaders,
  NewImpression,
  NewShare,
  OwnNumbers,
  Shared,
  WidgetSignup,
} from "./widget-api-schema";
import { Config, widgetConfig } from "./widget-config";

export const widgetApiRoutes = createRouter();

const tags = ["Widget"];
/** Short, because participants check their rank right after they have referred a friend. */
const LEADERS_LIFETIME_SECONDS = 15;
const SignupAnswer = z.union([Joined, AlreadyJoined]);

widgetApiRoutes.openapi(
  publicRoute({
    method: "post",
    path: "/signup",
    operationId: "joinByWidget",
    summary: "Sign a visitor up",
    description:
      "An address that is in already gets `{already_joined: true}` and nothing else. At most 20 a minute from one address in one campaign.\n\nWhere the campaign has Turnstile keys, `turnstile_token` is needed; while Cloudflare cannot be asked, the checks of other campaigns are made instead: a form that comes back within 1.5 seconds of its `form_token` is refused, and one whose invisible field is filled in is answered `{already_joined: true}` and goes nowhere. None of this holds for signups with an API key.",
    tags,
    request: { body: takes(WidgetSignup, { campaign_id: 42, email: "grace@example.com", name: "Grace" }) },
    responses: {
      200: answers(SignupAnswer, "The visitor is in."),
      ...fails("not_found", "captcha_failed", "form_expired", "disposable_email"),
    },
  }),
  async (c) => c.json(ok(SignupAnswer, await join(c.var.ctx, c.req.valid("json"), callerOf(c))), 200),
);

widgetApiRoutes.openapi(
  participantRoute({
    method: "get",
    path: "/participant",
    operationId: "getOwnNumbers",
    summary: "Get the participant's own counts, goal, rewards and rank",
    tags,
    responses: { 200: answers(OwnNumbers, "The participant's own numbers.") },
  }),
  async (c) => c.json(ok(OwnNumbers, await ownNumbers(c.var.ctx)), 200),
);

widgetApiRoutes.openapi(
  participantRoute({
    method: "post",
    path: "/share",
    operationId: "noteShare",
    summary: "Note that the participant shared on a channel",
    tags,
    request: { body: takes(NewShare, { social_type: 1 }) },
    responses: { 200: answers(Shared, "The link for this channel.") },
  }),
  async (c) => c.json(ok(Shared, await shareOn(c.var.ctx, c.req.valid("json").social_type)), 200),
);

widgetApiRoutes.openapi(
  participantRoute({
    method: "post",
    path: "/invite",
    operationId: "inviteByMail",
    summary: "Invite friends by mail",
    description: "Where the campaign allows it, up to 10 at once, capped per day and per recipient.",
    tags,
    request: { body: takes(Invite, { emails: ["friend@example.com"] }) },
    responses: { 200: answers(Invited, "The addresses are taken."), ...fails("email_not_allowed", "unconfirmed") },
  }),
  async (c) => c.json(ok(Invited, await inviteByMail(c.var.ctx, c.req.valid("json").emails)), 200),
);

widgetApiRoutes.openapi(
  publicRoute({
    method: "post",
    path: "/impression",
    operationId: "countImpression",
    summary: "Count that the widget was seen",
    description: "Within about two seconds: numbers that are read at once may not have it yet.",
    tags,
    request: { body: takes(NewImpression, { campaign_id: 42 }) },
    responses: { 200: answers(Counted, "It is taken."), ...fails("not_found") },
  }),
  async (c) => c.json(ok(Counted, await countImpression(c.var.ctx, c.req.valid("json").campaign_id)), 200),
);

widgetApiRoutes.openapi(
  publicRoute({
    method: "get",
    path: "/config",
    operationId: "getWidgetConfig",
    summary: "Get what the widget renders from",
    description: "Kept at the edge for a minute, with an `ETag`. Nothing of a reward's value before it is earned.",
    tags,
    request: { query: ConfigQuery },
    responses: {
      200: answers(Config, "The widget's settings, goal and kind of reward."),
      304: { description: "What `If-None-Match` names is still so." },
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
    path: "/leaderboard",
    operationId: "getLeaders",
    summary: "Get who is ahead",
    description:
      "The first ten, by shortened names; nobody where the widget's `leaderboard_on` says so. Kept at the edge for 15 seconds, with an `ETag`.",
    tags,
    request: { query: ConfigQuery },
    responses: {
      200: answers(Leaders, "By referrals, then clicks."),
      304: { description: "What `If-None-Match` names is still so." },
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
