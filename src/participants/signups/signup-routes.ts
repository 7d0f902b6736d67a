import { memberRoute, memberRouteCheckedLater } from "../../auth/route";
import { Participant } from "../../ledger/records/participant-schema";
import { answers, createRouter, fails, ok, takes } from "../../lib/http";
import { ignoredOf } from "../../lib/ignored";
import { signUpBatch } from "./batch";
import { BatchResults, BatchRow, NewBatch, UpsertQuery } from "./batch-schema";
import { signUpBasic, signUpReferred } from "./signup";
import { NewReferral, NewSignup, ReferralSignup } from "./signup-schema";
import { upsertSignup } from "./upsert";

export const signupRoutes = createRouter();

const tags = ["Signups"];

/** Enough for 1,000 rows with all fields. */
const BATCH_MAX_BYTES = 10_000_000;

signupRoutes.openapi(
  memberRouteCheckedLater({
    method: "post",
    path: "/signups",
    operationId: "createSignup",
    right: "signup",
    summary: "Sign up a participant",
    audit: { unaudited: "There are thousands of signups, and they are in the list of participants." },
    description:
      "If the plan's participant limit is reached, the participant is recorded as `pending`, never dropped. With `upsert=true`, an existing participant is updated, and the response is 200.",
    tags,
    request: {
      query: UpsertQuery,
      body: takes(NewSignup, { campaign_id: 42, email: "ada@example.com", name: "Ada Lovelace" }),
    },
    responses: {
      201: answers(Participant, "The new participant."),
      200: answers(Participant, "With `upsert=true`: the updated participant."),
      ...fails("not_found", "already_signed_up", "checkout_code_taken", "campaign_not_live"),
    },
  }),
  async (c) => {
    const input = c.req.valid("json");
    if (c.req.valid("query").upsert !== "true")
      return c.json(ok(Participant, await signUpBasic(c.var.ctx, input)), 201);
    const { is_new, participant } = await upsertSignup(c.var.ctx, input);
    return c.json(ok(Participant, participant), is_new ? 201 : 200);
  },
);

signupRoutes.openapi(
  memberRoute({
    method: "post",
    path: "/signups/batch",
    operationId: "createSignupBatch",
    right: "signup",
    summary: "Sign up to 1,000 participants",
    audit: { unaudited: "There are thousands of signups, and they are in the list of participants." },
    description:
      "Each row is an independent signup, in order: a rejected row does not stop the others. A row with an existing participant's email changes nothing (`is_new: false`), unless `upsert=true`. Send an `Idempotency-Key`, so a repeated request gets the same results.",
    tags,
    bodyMax: BATCH_MAX_BYTES,
    request: {
      query: UpsertQuery,
      body: takes(NewBatch, { campaign_id: 42, signups: [{ email: "ada@example.com", name: "Ada Lovelace" }] }),
    },
    responses: { 200: answers(BatchResults, "A result for each row."), ...fails("not_found") },
  }),
  async (c) => {
    const batch = c.req.valid("json");
    const results = await signUpBatch(c.var.ctx, batch, c.req.valid("query").upsert === "true");
    const ignored = [
      ...ignoredOf(NewBatch, await c.req.json()),
      ...batch.signups.flatMap((row, i) => ignoredOf(BatchRow, row).map((name) => `signups.${i}.${name}`)),
    ];
    return c.json(ok(BatchResults, { results, ignored: ignored.slice(0, 20) }), 200);
  },
);

signupRoutes.openapi(
  memberRouteCheckedLater({
    method: "post",
    path: "/signups/referral",
    operationId: "createReferralSignup",
    right: "signup",
    summary: "Sign up a participant with a referral code",
    audit: { unaudited: "There are thousands of signups, and they are in the list of participants." },
    description:
      "Records the referral and grants rewards. The first referrer stays: if the participant was already referred, the response is 200 with `attributed: false`.",
    tags,
    request: {
      body: takes(NewReferral, { referral_code: "NDI6MTo3", email: "grace@example.com", name: "Grace Hopper" }),
    },
    responses: {
      201: answers(ReferralSignup, "The participant was added or recorded as referred, and the referral counts."),
      200: answers(ReferralSignup, "The participant was already referred by someone else; nothing changed."),
      ...fails(
        "bad_code",
        "unknown_referrer",
        "code_incompatible",
        "self_referral",
        "not_found",
        "checkout_code_taken",
        "campaign_not_live",
      ),
    },
  }),
  async (c) => {
    const answer = await signUpReferred(c.var.ctx, c.req.valid("json"));
    return c.json(ok(ReferralSignup, answer), answer.attributed ? 201 : 200);
  },
);
