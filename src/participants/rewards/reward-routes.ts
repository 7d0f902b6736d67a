import { memberRoute } from "../../auth/route";
import { ParticipantParam } from "../../ledger/records/participant-schema";
import {
  Reward,
  RewardActions,
  RewardChange,
  RewardDetails,
  RewardParam,
  RewardQuery,
  RewardResults,
} from "../../ledger/records/reward-schema";
import { answers, createRouter, fails, listOf, ok, takes } from "../../lib/http";
import { ignoredIn } from "../../lib/ignored";
import { COUNTED, walkPagination } from "../../lib/page";
import { giveReward } from "./gift";
import { NewGift } from "./gift-schema";
import { rewards } from "./reward-list";
import { actOnRewards, changeReward, rewardDetails } from "./reward-records";

export const rewardRoutes = createRouter();

const tags = ["Rewards"];
const RewardList = listOf("rewards", Reward);

rewardRoutes.openapi(
  memberRoute({
    method: "get",
    path: "/rewards",
    operationId: "listRewards",
    summary: "List earned rewards",
    description: `Newest first; with \`after\`, in the order they were earned. For lists filtered by participant or type: ${COUNTED}`,
    tags,
    request: { query: RewardQuery },
    responses: { 200: answers(RewardList, "A page of rewards, newest first."), ...fails("not_found") },
  }),
  async (c) => {
    const query = c.req.valid("query");
    const page = await rewards(c.var.ctx, query);
    return c.json(
      ok(RewardList, { rewards: page.rows, pagination: walkPagination(query, page), ignored: ignoredIn(c.req) }),
      200,
    );
  },
);

rewardRoutes.openapi(
  memberRoute({
    method: "get",
    path: "/rewards/{rewardId}",
    operationId: "getReward",
    summary: "Get a reward",
    description: "Includes its history, step by step.",
    tags,
    request: { params: RewardParam },
    responses: { 200: answers(RewardDetails, "The reward and its entries."), ...fails("not_found") },
  }),
  async (c) => c.json(ok(RewardDetails, await rewardDetails(c.var.ctx, c.req.valid("param").rewardId)), 200),
);

rewardRoutes.openapi(
  memberRoute({
    method: "post",
    path: "/rewards/actions",
    operationId: "updateRewards",
    summary: "Approve, fulfill, or revoke many rewards",
    audit: "Changed several rewards",
    description:
      "Each reward is processed separately, and the response has a result for each. An approved reward stays on hold until its days are over. With a `filter`, repeat the request while `has_more` is true.",
    tags,
    request: { body: takes(RewardActions, { ids: [448], action: "approve", note: "Checked" }) },
    responses: { 200: answers(RewardResults, "A result for each reward."), ...fails("not_found") },
  }),
  async (c) => c.json(ok(RewardResults, await actOnRewards(c.var.ctx, c.req.valid("json"))), 200),
);

rewardRoutes.openapi(
  memberRoute({
    method: "patch",
    path: "/rewards/{rewardId}",
    operationId: "updateReward",
    summary: "Mark a reward as paid or revoke it",
    audit: "Paid or revoked a reward",
    description:
      "Cash and tokens can be marked as fulfilled. A revoked reward stays revoked, and its coupon code is never assigned again.",
    tags,
    request: { params: RewardParam, body: takes(RewardChange, { status: "fulfilled", note: "Paid by bank transfer" }) },
    responses: { 200: answers(Reward, "The updated reward."), ...fails("not_found", "conflict") },
  }),
  async (c) =>
    c.json(ok(Reward, await changeReward(c.var.ctx, c.req.valid("param").rewardId, c.req.valid("json"))), 200),
);

rewardRoutes.openapi(
  memberRoute({
    method: "post",
    path: "/participants/{participantId}/rewards",
    operationId: "createReward",
    summary: "Give a participant a reward manually",
    audit: "Gave a reward manually",
    description:
      "No rule applies, so no cap or budget counts it. Otherwise, it works like an earned reward: store credit, links, and messages are given immediately, a coupon takes the next code or waits for one, and cash waits until you pay it. To undo it, revoke it. Returns 409 if the participant is not active.",
    tags,
    request: {
      params: ParticipantParam,
      body: takes(NewGift, { reward_type: 5, amount: 1000, note: "For the long wait" }),
    },
    responses: { 201: answers(Reward, "The reward."), ...fails("not_found", "conflict") },
  }),
  async (c) =>
    c.json(ok(Reward, await giveReward(c.var.ctx, c.req.valid("param").participantId, c.req.valid("json"))), 201),
);
