import { memberRoute } from "../../auth/route";
import { CampaignParam } from "../../campaigns/campaign-param";
import { answers, createRouter, fails, listOf, ok, takes } from "../../lib/http";
import { ignoredIn } from "../../lib/ignored";
import { COUNTED, PageQuery, pagination } from "../../lib/page";
import { dryRelease, releases, startRelease } from "./release";
import { NewRelease, Release, ReleaseResult } from "./release-schema";

export const releaseRoutes = createRouter();

const tags = ["Participants"];
const ReleaseList = listOf("releases", Release);

releaseRoutes.openapi(
  memberRoute({
    method: "post",
    path: "/campaigns/{campaignId}/releases",
    operationId: "createRelease",
    summary: "Admit participants from the waitlist",
    audit: "Admitted participants from a waitlist, or tried to",
    description:
      "Admits the first `count` participants in line, everyone who matches `filter`, or the first `count` of those. Each is admitted once, even with concurrent requests. Webhooks get `participant.admitted` with the `release_id`, and the participant gets the campaign's email if it is on. More than 2,000 are admitted over the next minutes. Send an `Idempotency-Key`, so a repeated request admits nobody else.",
    tags,
    request: { params: CampaignParam, body: takes(NewRelease, { count: 100, dry_run: true }) },
    responses: {
      201: answers(ReleaseResult, "The release. `status` is `running` while more participants are being admitted."),
      200: answers(ReleaseResult, "A preview of the release."),
      ...fails("not_found", "conflict"),
    },
  }),
  async (c) => {
    const { campaignId } = c.req.valid("param");
    const { dry_run, ...input } = c.req.valid("json");
    if (dry_run) return c.json(ok(ReleaseResult, await dryRelease(c.var.ctx, campaignId, input)), 200);
    return c.json(ok(ReleaseResult, await startRelease(c.var.ctx, campaignId, input)), 201);
  },
);

releaseRoutes.openapi(
  memberRoute({
    method: "get",
    path: "/campaigns/{campaignId}/releases",
    operationId: "listReleases",
    summary: "List a waitlist's releases",
    description: `Newest first. ${COUNTED}`,
    tags,
    request: { params: CampaignParam, query: PageQuery },
    responses: { 200: answers(ReleaseList, "A page of releases."), ...fails("not_found") },
  }),
  async (c) => {
    const page = c.req.valid("query");
    const { rows, total } = await releases(c.var.ctx, c.req.valid("param").campaignId, page);
    return c.json(
      ok(ReleaseList, { releases: rows, pagination: pagination(page, { rows, total }), ignored: ignoredIn(c.req) }),
      200,
    );
  },
);
