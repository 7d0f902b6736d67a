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
    summary: "List a brand's own hosts",
    description: "With their DNS records, and what is wrong with those that failed.",
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
    summary: "Add a host for a brand's pages and share links",
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
      "Looks for the TXT record, and asks for the certificate. Once the host is `active`, the brand's share links and pages are there; old links keep working.",
    tags,
    request: { params: DomainParam },
    responses: { 200: answers(Domain, "The host, and what is missing."), ...fails("not_found", "conflict") },
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
    description: "Links on it stop working. The brand's links are on this installation's own host again.",
    tags,
    request: { params: DomainParam },
    responses: { 200: answers(DeletedDomain, "Removed."), ...fails("not_found") },
  }),
  async (c) => c.json(ok(DeletedDomain, await removeDomain(c.var.ctx, c.req.valid("param").domainId)), 200),
);
