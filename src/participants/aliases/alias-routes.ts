import { memberRoute } from "../../auth/route";
import { ParticipantParam } from "../../ledger/participant-schema";
import { answers, createRouter, fails, ok, takes } from "../../lib/http";
import { setAliases } from "./alias";
import { Aliases } from "./alias-schema";

export const aliasRoutes = createRouter();

aliasRoutes.openapi(
  memberRoute({
    method: "put",
    path: "/participants/{participantId}/aliases",
    operationId: "updateAliases",
    summary: "Set a participant's codes of other products",
    audit: { unaudited: "Whoever moves from another product sends it by the thousand." },
    description:
      "The referral codes that the participant had before, so that their old links live on: `/t/{campaign_id}/{code}`, and the pages with the widget, which know the parameters of other products. Replaces those they have. 409 if another participant of the campaign has one of them.",
    tags: ["Participants"],
    request: { params: ParticipantParam, body: takes(Aliases, { aliases: ["abc123"] }) },
    responses: { 200: answers(Aliases, "The participant's codes."), ...fails("not_found", "conflict") },
  }),
  async (c) =>
    c.json(
      ok(Aliases, await setAliases(c.var.ctx, c.req.valid("param").participantId, c.req.valid("json").aliases)),
      200,
    ),
);
