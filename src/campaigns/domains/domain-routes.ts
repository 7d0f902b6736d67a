import { memberRoute } from "../../auth/route";
import { answers, createRouter, fails, ok, takes } from "../../lib/http";
import { BrandParam } from "../brands/brand-schema";
import { addDomain, brandDomains, removeDomain, verifyDomain } from "./domain";
import { DeletedDomain, Domain, DomainParam, Domains, NewDomain } from "./domain-schema";

export const domainRoutes = createRouter();

const tags = ["Brands"];

domainRoutes.openapi(
  memberRoute({
    method: "get",
    path: "/brands/{brandId}/domains",
    operationId: "listDomains",
    summary: "List a brand's custom hosts",
    description: "Includes their DNS records, and the errors of failed hosts.",
    tags,
    request: { params: BrandParam },
    responses: { 200: answers(Domains, "The hosts, newest first."), ...fails("not_found") },
  }),
  async (c) => c.json(ok(Domains, { domains: await brandDomains(c.var.ctx, c.req.valid("param").brandId) }), 200),
);

domainRoutes.openapi(
  memberRoute({
    method: "post",
    path: "/brands/{brandId}/domains",
    operationId: "createDomain",
    summary:
      "A subdomain, like `refer.acme.com`. Publish its `records`, then verify it. Adding the same host again returns the existing one.",
    audit: "Added a host",
    description:
      "A subdomain, like `refer.acme.com`. Publish its `records`, then verify it. Adding one again returns it as it is.",
    tags,
    request: { params: BrandParam, body: takes(NewDomain, { hostname: "refer.acme.com" }) },
    responses: {
      201: answers(Domain, "The host, with the DNS records to publish."),
      ...fails("invalid_request", "not_found"),
    },
  }),
  async (c) =>
    c.json(ok(Domain, await addDomain(c.var.ctx, c.req.valid("param").brandId, c.req.valid("json").hostname)), 201),
);

domainRoutes.openapi(
  memberRoute({
    method: "post",
    path: "/domains/{domainId}/verify",
    operationId: "verifyDomain",
    summary: "Verify a host",
    audit: "Checked a host",
    description:
      "Checks the TXT record, then requests the certificate. Once the host is `active`, the brand's share links and pages use it. Old links keep working.",
    tags,
    request: { params: DomainParam },
    responses: { 200: answers(Domain, "The host, and what is still missing."), ...fails("not_found", "conflict") },
  }),
  async (c) => c.json(ok(Domain, await verifyDomain(c.var.ctx, c.req.valid("param").domainId)), 200),
);

domainRoutes.openapi(
  memberRoute({
    method: "delete",
    path: "/domains/{domainId}",
    operationId: "deleteDomain",
    summary: "Remove a host",
    audit: "Removed a host",
    description: "Links on this host stop working. The brand's links return to this installation's own host.",
    tags,
    request: { params: DomainParam },
    responses: { 200: answers(DeletedDomain, "Removed."), ...fails("not_found") },
  }),
  async (c) => c.json(ok(DeletedDomain, await removeDomain(c.var.ctx, c.req.valid("param").domainId)), 200),
);
