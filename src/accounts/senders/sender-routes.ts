import { operatorRoute } from "../../auth/route";
import { answers, createRouter, fails, ok } from "../../lib/http";
import { MemberParam } from "../account-schema";
import { resumeSending, senders } from "./sender";
import { SenderList, SendingState } from "./sender-schema";

export const senderRoutes = createRouter();

const tags = ["Operator"];

senderRoutes.openapi(
  operatorRoute({
    method: "get",
    path: "/operator/senders",
    operationId: "listSenders",
    summary: "List email senders",
    description: "Members whose campaigns sent email in the last seven days, highest volume first. At most 100.",
    tags,
    responses: { 200: answers(SenderList, "The senders.") },
  }),
  async (c) => c.json(ok(SenderList, { senders: await senders(c.var.ctx) }), 200),
);

senderRoutes.openapi(
  operatorRoute({
    method: "delete",
    path: "/operator/members/{memberId}/sending-pause",
    operationId: "resumeSending",
    summary: "Resume a member's sending",
    description: "Ends the pause after too many bounces or complaints. Earlier ones no longer count.",
    tags,
    request: { params: MemberParam },
    responses: { 200: answers(SendingState, "The member's campaigns may send email."), ...fails("not_found") },
  }),
  async (c) => c.json(ok(SendingState, await resumeSending(c.var.ctx, c.req.valid("param").memberId)), 200),
);
