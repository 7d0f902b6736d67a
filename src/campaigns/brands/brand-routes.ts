import { memberRoute, operatorRoute } from "../../auth/route";
import { answers, createRouter, fails, listOf, ok, takes } from "../../lib/http";
import { ignoredIn } from "../../lib/ignored";
import { PageQuery, pagination } from "../../lib/page";
import { proveDomain } from "../proof/proof";
import { brandOf, brandStats, brands, changeBrand, createBrand, deleteBrand, linkToVnoc } from "./brand";
import {
  Brand,
  BrandChange,
  BrandParam,
  BrandStats,
  DeletedBrand,
  NewBrand,
  VerifiedBrand,
  VnocLink,
} from "./brand-schema";

export const brandRoutes = createRouter();

const tags = ["Brands"];
const BrandList = listOf("brands", Brand);

brandRoutes.openapi(
  memberRoute({
    method: "get",
    path: "/brands",
    operationId: "listBrands",
    summary: "List brands",
    description: "Newest first.",
    tags,
    request: { query: PageQuery },
    responses: { 200: answers(BrandList, "The account's brands, newest first.") },
  }),
  async (c) => {
    const page = c.req.valid("query");
    const { rows, total } = await brands(c.var.ctx, page);
    return c.json(
      ok(BrandList, { brands: rows, pagination: pagination(page, { rows, total }), ignored: ignoredIn(c.req) }),
      200,
    );
  },
);

brandRoutes.openapi(
  memberRoute({
    method: "post",
    path: "/brands",
    operationId: "createBrand",
    summary: "Create a brand",
    audit: "Created a brand",
    description: "A brand is a website. Only the URL is required; the domain and slug are derived from it.",
    tags,
    request: { body: takes(NewBrand, { url: "acme.com" }) },
    responses: { 201: answers(Brand, "The new brand."), ...fails("brand_limit", "slug_taken") },
  }),
  async (c) => c.json(ok(Brand, await createBrand(c.var.ctx, c.req.valid("json"))), 201),
);

brandRoutes.openapi(
  memberRoute({
    method: "get",
    path: "/brands/{brandId}",
    operationId: "getBrand",
    summary: "Get a brand",
    description: "Includes the verification status of its domain.",
    tags,
    request: { params: BrandParam },
    responses: { 200: answers(Brand, "The brand."), ...fails("not_found") },
  }),
  async (c) => c.json(ok(Brand, await brandOf(c.var.ctx, c.req.valid("param").brandId)), 200),
);

brandRoutes.openapi(
  memberRoute({
    method: "put",
    path: "/brands/{brandId}",
    operationId: "updateBrand",
    summary: "Change a brand",
    audit: "Updated a brand",
    description:
      "Send any subset of the fields. An explicit null clears a nullable field. A new URL updates the domain. A different domain removes the link to VNOC and must be verified again.",
    tags,
    request: { params: BrandParam, body: takes(BrandChange, { description: "Tools for roadrunners" }) },
    responses: { 200: answers(Brand, "The updated brand."), ...fails("not_found", "slug_taken") },
  }),
  async (c) => c.json(ok(Brand, await changeBrand(c.var.ctx, c.req.valid("param").brandId, c.req.valid("json"))), 200),
);

brandRoutes.openapi(
  memberRoute({
    method: "post",
    path: "/brands/{brandId}/verify",
    operationId: "verifyBrand",
    summary: "Verify a brand's domain",
    audit: "Checked a brand's domain",
    description:
      "Checks for the TXT record, file, or widget described in `verification`. Campaigns send email once the domain and your own email address are verified. A verification lasts while its proof can be found, and covers only this domain.",
    tags,
    request: { params: BrandParam },
    responses: { 200: answers(VerifiedBrand, "The brand, and the result of the check."), ...fails("not_found") },
  }),
  async (c) => {
    const { brandId } = c.req.valid("param");
    const checked = await proveDomain(c.var.ctx, brandId);
    return c.json(ok(VerifiedBrand, { ...(await brandOf(c.var.ctx, brandId)), checked }), 200);
  },
);

brandRoutes.openapi(
  memberRoute({
    method: "delete",
    path: "/brands/{brandId}",
    operationId: "deleteBrand",
    summary: "Delete a brand",
    audit: "Deleted a brand and its campaigns",
    description: "Deletes the brand, its campaigns, and everything in them. Either all of it is deleted, or nothing.",
    tags,
    request: { params: BrandParam },
    responses: { 200: answers(DeletedBrand, "Deleted."), ...fails("not_found") },
  }),
  async (c) => c.json(ok(DeletedBrand, await deleteBrand(c.var.ctx, c.req.valid("param").brandId)), 200),
);

brandRoutes.openapi(
  memberRoute({
    method: "get",
    path: "/brands/{brandId}/stats",
    operationId: "getBrandStats",
    summary: "Get a brand's totals",
    description: "Totals come from stored counters, so the request is equally fast at any size.",
    tags,
    request: { params: BrandParam },
    responses: { 200: answers(BrandStats, "Totals across the brand's campaigns."), ...fails("not_found") },
  }),
  async (c) => c.json(ok(BrandStats, await brandStats(c.var.ctx, c.req.valid("param").brandId)), 200),
);

brandRoutes.openapi(
  operatorRoute({
    method: "put",
    path: "/operator/brands/{brandId}",
    operationId: "linkBrand",
    summary: "Link a brand to VNOC or unlink it",
    description: "Token rewards require a linked brand.",
    tags: ["Operator"],
    request: { params: BrandParam, body: takes(VnocLink, { in_vnoc: true, vnoc_id: 7 }) },
    responses: { 200: answers(Brand, "The updated brand."), ...fails("not_found") },
  }),
  async (c) => c.json(ok(Brand, await linkToVnoc(c.var.ctx, c.req.valid("param").brandId, c.req.valid("json"))), 200),
);
