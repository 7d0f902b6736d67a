import { visitOf } from "../auth/caller";
import { memberRoute, operatorRoute, publicRoute } from "../auth/route";
import { memberOrSessionRoute } from "../auth/session-route";
import { answers, createRouter, fails, listOf, ok, takes } from "../lib/http";
import { ignoredIn } from "../lib/ignored";
import { COUNTED, PageQuery, pagination } from "../lib/page";
import { changeProfile } from "./account";
import {
  ApiKey,
  KeyParam,
  MailSent,
  MemberParam,
  MintedKey,
  PlanChange,
  Profile,
  ProfileChange,
  ResetRequest,
  RevokedKey,
  SecondFactorReset,
  SignedIn,
  TokenRequest,
} from "./account-schema";
import { createKey, keys, newestKey, revokeKey } from "./api-key";
import { changePlan, profileOf } from "./member";
import { askForReset, askForVerification } from "./recovery";
import { resetSecondFactor } from "./second-factor";
import { signIn } from "./sign-in";

export const accountRoutes = createRouter();

const tags = ["Accounts"];
const KeyList = listOf("api_keys", ApiKey);

accountRoutes.openapi(
  publicRoute(
    {
      method: "post",
      path: "/auth/token",
      operationId: "createToken",
      summary: "Exchange email and password for a token",
      description:
        "The token is valid for 30 days on every endpoint that accepts an API key. Changing the password ends it. If the member has two-step verification, `code` is required. If their account requires it and they have not turned it on, they get no token. After ten wrong passwords for one email from one IP address, that IP address gets 429 for up to 15 minutes.",
      tags,
      request: { body: takes(TokenRequest, { email: "ada@example.com", password: "correct horse battery" }) },
      responses: {
        200: answers(SignedIn, "The token."),
        ...fails(
          "unauthenticated",
          "second_factor_required",
          "second_factor_wrong",
          "second_factor_missing",
          "suspended",
          "misconfigured",
        ),
      },
    },
    "sign_in",
  ),
  async (c) => c.json(ok(SignedIn, await signIn(c.var.ctx, c.req.valid("json"), visitOf(c))), 200),
);

accountRoutes.openapi(
  memberRoute({
    method: "post",
    path: "/auth/verification",
    operationId: "requestVerification",
    right: "account",
    summary: "Resend the verification email",
    audit: { unaudited: "It emails the member and changes nothing." },
    description: "Sent at most three times a day, and only while the email address is unverified.",
    tags,
    responses: { 202: answers(MailSent, "The email is on its way.") },
  }),
  async (c) => c.json(ok(MailSent, await askForVerification(c.var.ctx)), 202),
);

accountRoutes.openapi(
  publicRoute(
    {
      method: "post",
      path: "/auth/password-reset",
      operationId: "requestPasswordReset",
      summary: "Send a password reset link",
      description:
        "The response is the same whether or not an account has this email address. The link works once, for one hour. We send at most three a day.",
      tags,
      request: { body: takes(ResetRequest, { email: "ada@example.com" }) },
      responses: { 202: answers(MailSent, "If an account has this email address, the link is on its way.") },
    },
    "sign_in",
  ),
  async (c) => c.json(ok(MailSent, await askForReset(c.var.ctx, c.req.valid("json").email)), 202),
);

accountRoutes.openapi(
  memberRoute({
    method: "get",
    path: "/members/profile",
    operationId: "getProfile",
    summary: "Get your profile",
    description: "With an API key, this is the account that owns the key.",
    tags,
    responses: { 200: answers(Profile, "The account behind the credential.") },
  }),
  async (c) => c.json(ok(Profile, await profileOf(c.var.ctx)), 200),
);

accountRoutes.openapi(
  memberRoute({
    method: "patch",
    path: "/members/profile",
    operationId: "updateProfile",
    right: "account",
    summary: "Change your name and time zone",
    description: "The dashboard uses this time zone. The API always uses UTC.",
    audit: "Updated their profile",
    tags,
    request: { body: takes(ProfileChange, { time_zone: "Europe/Berlin" }) },
    responses: { 200: answers(Profile, "The updated profile.") },
  }),
  async (c) => c.json(ok(Profile, await changeProfile(c.var.ctx, c.req.valid("json"))), 200),
);

accountRoutes.openapi(
  memberOrSessionRoute({
    method: "post",
    path: "/members/api-key",
    operationId: "createApiKey",
    right: "account",
    summary: "Create an API key",
    audit: "Created an API key",
    description:
      "Older keys stay valid until they are revoked. An account can have 100 keys. When a team member leaves, the keys they created stop working.",
    tags,
    responses: {
      201: answers(MintedKey, "The new key. This is the only time it is shown in full."),
      ...fails("key_limit"),
    },
  }),
  async (c) => c.json(ok(MintedKey, await createKey(c.var.ctx)), 201),
);

accountRoutes.openapi(
  memberOrSessionRoute({
    method: "get",
    path: "/members/api-key",
    operationId: "getApiKey",
    summary: "Get the newest API key, masked",
    description: "Only the first characters are shown. The full key is shown once, when it is created.",
    tags,
    responses: { 200: answers(ApiKey, "The newest active key."), ...fails("not_found") },
  }),
  async (c) => c.json(ok(ApiKey, await newestKey(c.var.ctx)), 200),
);

accountRoutes.openapi(
  memberOrSessionRoute({
    method: "get",
    path: "/members/api-keys",
    operationId: "listApiKeys",
    summary: "List API keys",
    description: COUNTED,
    tags,
    request: { query: PageQuery },
    responses: { 200: answers(KeyList, "Active keys, newest first.") },
  }),
  async (c) => {
    const page = c.req.valid("query");
    const { rows, total } = await keys(c.var.ctx, page);
    return c.json(
      ok(KeyList, { api_keys: rows, pagination: pagination(page, { rows, total }), ignored: ignoredIn(c.req) }),
      200,
    );
  },
);

accountRoutes.openapi(
  memberOrSessionRoute({
    method: "delete",
    path: "/members/api-keys/{id}",
    operationId: "revokeApiKey",
    right: "account",
    summary: "Revoke an API key",
    audit: "Revoked an API key",
    description: "Takes effect immediately. A key can revoke itself.",
    tags,
    request: { params: KeyParam },
    responses: { 200: answers(RevokedKey, "The key no longer works."), ...fails("not_found") },
  }),
  async (c) => c.json(ok(RevokedKey, await revokeKey(c.var.ctx, c.req.valid("param").id)), 200),
);

accountRoutes.openapi(
  operatorRoute({
    method: "put",
    path: "/operator/members/{memberId}/plan",
    operationId: "updateMemberPlan",
    summary: "Set a member's plan",
    description: "Takes effect immediately. After `plan_expiry`, the account returns to the free plan.",
    tags: ["Operator"],
    request: {
      params: MemberParam,
      body: takes(PlanChange, { plan_id: 2, plan_expiry: "2027-01-31T00:00:00.000Z" }),
    },
    responses: { 200: answers(Profile, "The updated profile."), ...fails("not_found") },
  }),
  async (c) =>
    c.json(ok(Profile, await changePlan(c.var.ctx, c.req.valid("param").memberId, c.req.valid("json"))), 200),
);

accountRoutes.openapi(
  operatorRoute({
    method: "delete",
    path: "/operator/members/{memberId}/second-factor",
    operationId: "resetSecondFactor",
    summary: "Turn off a member's two-step verification",
    description: "For a member who lost their phone and their recovery codes. Confirm their identity first.",
    tags: ["Operator"],
    request: { params: MemberParam },
    responses: {
      200: answers(SecondFactorReset, "The member can now sign in with only their password."),
      ...fails("not_found"),
    },
  }),
  async (c) => {
    const { memberId } = c.req.valid("param");
    await resetSecondFactor(c.var.ctx, memberId);
    return c.json(ok(SecondFactorReset, { id: memberId, deleted: true }), 200);
  },
);
