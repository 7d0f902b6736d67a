import { memberRoute } from "../../auth/route";
import { ParticipantParam } from "../../ledger/records/participant-schema";
import { answers, createRouter, fails, ok, takes } from "../../lib/http";
import { setAliases } from "./alias";
import { Aliases } from "./alias-schema";

export const aliasRoutes = createRouter();

aliasRoutes.openapi(
  memberRoute({
    method: "put",
    path: "/participants/{participantId}/aliases",
    operationId: "updateAliases",
    summary: "Set a participant's codes from other products",
    audit: { unaudited: "A migration from another product calls this thousands of times." },
    description:
      "The referral codes that the participant had in other products, so their old links keep working: `/t/{campaign_id}/{code}`, and pages with the widget, which recognize other products' parameters. Replaces the existing codes. Returns 409 if another participant of the campaign has one of them.",
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
