import { operatorRoute } from "../../auth/route";
import { BrandParam } from "../../campaigns/brands/brand-schema";
import { ImageParam } from "../../campaigns/images/image-schema";
import { answers, createRouter, fails, ok, takes } from "../../lib/http";
import { MemberParam } from "../account-schema";
import { suspendBrand, suspendImage, suspendMember } from "./suspension";
import { Suspension, SuspensionChange } from "./suspension-schema";

export const suspensionRoutes = createRouter();

const tags = ["Operator"];
const body = takes(SuspensionChange, { suspended: true, reason: "Phishing reported by a recipient" });
const responses = { 200: answers(Suspension, "The current suspension."), ...fails("not_found") };

suspensionRoutes.openapi(
  operatorRoute({
    method: "put",
    path: "/operator/members/{memberId}/suspension",
    operationId: "suspendMember",
    summary: "Suspend a member or lift the suspension",
    description:
      "Takes effect with the next request: keys, sessions, widgets, pages, share links, images, emails, and webhooks stop. Nothing is deleted. Held emails are sent if the suspension is lifted within 72 hours.",
    tags,
    request: { params: MemberParam, body },
    responses,
  }),
  async (c) =>
    c.json(ok(Suspension, await suspendMember(c.var.ctx, c.req.valid("param").memberId, c.req.valid("json"))), 200),
);

suspensionRoutes.openapi(
  operatorRoute({
    method: "put",
    path: "/operator/brands/{brandId}/suspension",
    operationId: "suspendBrand",
    summary: "Suspend a brand or lift the suspension",
    description: "The brand's campaigns, pages, and links stop working. The rest of the account keeps working.",
    tags,
    request: { params: BrandParam, body },
    responses,
  }),
  async (c) =>
    c.json(ok(Suspension, await suspendBrand(c.var.ctx, c.req.valid("param").brandId, c.req.valid("json"))), 200),
);

suspensionRoutes.openapi(
  operatorRoute({
    method: "put",
    path: "/operator/images/{key}/suspension",
    operationId: "suspendImage",
    summary: "Suspend an image or lift the suspension",
    description: "Browsers and other data centers may serve cached copies for ten minutes.",
    tags,
    request: { params: ImageParam, body },
    responses,
  }),
  async (c) =>
    c.json(ok(Suspension, await suspendImage(c.var.ctx, c.req.valid("param").key, c.req.valid("json"))), 200),
);
