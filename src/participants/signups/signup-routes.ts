import { memberRouteCheckedLater } from "../../auth/route";
import { Participant } from "../../ledger/participant-schema";
import { answers, createRouter, fails, ok, takes } from "../../lib/http";
import { signUpBasic, signUpReferred } from "./signup";
import { NewReferral, NewSignup, ReferralSignup } from "./signup-schema";

export const signupRoutes = createRouter();

const tags = ["Signups"];

signupRoutes.openapi(
  memberRouteCheckedLater({
    method: "post",
    path: "/signups",
    operationId: "createSignup",
    summary: "Sign up a participant",
    audit: { unaudited: "Signups come by the thousand, and the participants list has each one." },
    description: "If the plan's participant limit is reached, the participant is recorded as `pending`, never dropped.",
    tags,
    request: { body: takes(NewSignup, { campaign_id: 42, email: "ada@example.com", name: "Ada Lovelace" }) },
    responses: {
      201: answers(Participant, "The new participant."),
      ...fails("not_found", "already_signed_up", "checkout_code_taken", "campaign_not_live"),
    },
  }),
  async (c) => c.json(ok(Participant, await signUpBasic(c.var.ctx, c.req.valid("json"))), 201),
);

signupRoutes.openapi(
  memberRouteCheckedLater({
    method: "post",
    path: "/signups/referral",
    operationId: "createReferralSignup",
    summary: "Sign up a participant with a referral code",
    audit: { unaudited: "Signups come by the thousand, and the participants list has each one." },
    description:
      "Records the referral and processes rewards. The first referrer stays: if the participant was already referred, the response is 200 with `attributed: false`.",
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
