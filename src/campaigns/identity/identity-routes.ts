import { memberRoute } from "../../auth/route";
import { answers, createRouter, fails, ok, takes } from "../../lib/http";
import { CampaignParam } from "../campaign-param";
import { rotateIdentitySecret } from "./identity";
import { IdentitySecret, NewIdentitySecret } from "./identity-schema";

export const identityRoutes = createRouter();

identityRoutes.openapi(
  memberRoute({
    method: "post",
    path: "/campaigns/{campaignId}/identity-secret",
    operationId: "rotateIdentitySecret",
    summary: "Create or replace the secret that signs identities",
    audit: "Rotated an identity secret",
    description:
      "Your server uses this secret to sign the identity of its signed-in customer, and the widget shows them their own link. See `identify()` in the widget guide. Hashes made with the previous secret stay valid for `grace_hours`.",
    tags: ["Campaigns"],
    request: { params: CampaignParam, body: takes(NewIdentitySecret, { grace_hours: 24 }) },
    responses: {
      201: answers(IdentitySecret, "The new secret. This is the only time it is shown."),
      ...fails("not_found"),
    },
  }),
  async (c) =>
    c.json(
      ok(IdentitySecret, await rotateIdentitySecret(c.var.ctx, c.req.valid("param").campaignId, c.req.valid("json"))),
      201,
    ),
);
