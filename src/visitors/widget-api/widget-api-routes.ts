import { callerOf } from "../../auth/caller";
import { participantRoute, publicRoute } from "../../auth/route";
import { answers, createRouter, fails, ok, takes } from "../../lib/http";
import { identify } from "./identify";
import { Identified, WidgetIdentity } from "./identify-schema";
import { countImpression } from "./impression";
import { join } from "./join";
import { chooseWord } from "./own-word";
import { inviteByMail, ownNumbers, shareOn } from "./self";
import {
  Counted,
  Invite,
  Invited,
  NewImpression,
  NewShare,
  NewWord,
  OwnLink,
  OwnNumbers,
  Shared,
  SignupAnswer,
  WidgetSignup,
} from "./widget-api-schema";

export const widgetApiRoutes = createRouter();

const tags = ["Widget"];

widgetApiRoutes.openapi(
  publicRoute({
    method: "post",
    path: "/signup",
    operationId: "createWidgetSignup",
    summary: "Sign up a visitor",
    description:
      "If the email is already in the campaign, the response is `{already_joined: true}` and nothing else, unless the same form signed it up a moment ago (`form_id`). Limited to 20 requests per minute per IP address and campaign.\n\nIf the campaign has Turnstile keys, `turnstile_token` is required. Without keys, or while Cloudflare cannot be reached, a form sent back within 1.5 seconds of its `form_token` is refused. If the honeypot is filled in, the response is `{already_joined: true}` and the signup is discarded. None of this applies to signups with an API key.",
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
    summary: "Open the participant that the host's server vouches for",
    description:
      "For pages whose visitors are signed in on the host's site. The host's server signs their identity with the campaign's identity secret, so they do not have to type anything. Signs them up if they are new, unless `join` is false.",
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
    description: "For the widget, with the token from the signup.",
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
      "Requires the widget's `own_words`: `/t/42/rita` instead of a code. 3 to 30 letters, digits, or hyphens; not case-sensitive. Each participant can have up to three words. The latest one is shown, and earlier ones keep working. Returns 409 if the word is taken in this campaign.",
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
    description: "Written within a minute, so totals may not include it immediately.",
    tags,
    request: { body: takes(NewImpression, { campaign_id: 42 }) },
    responses: { 200: answers(Counted, "Accepted."), ...fails("not_found") },
  }),
  async (c) => c.json(ok(Counted, await countImpression(c.var.ctx, c.req.valid("json").campaign_id)), 200),
);
