import type { Context } from "hono";
import { z } from "zod";
import { callerOf } from "../../auth/caller";
import { pageRoute, publicRoute } from "../../auth/route";
import { brandCopy, COPY_LIFETIME_SECONDS, hostedCopy } from "../../campaigns/copies";
import { linkOrigin } from "../../ledger/records/landing";
import { cachedFile, cachedPage, cachedValue, sendShared } from "../../lib/edge";
import { notFound } from "../../lib/errors";
import { render, sendPage } from "../../lib/html";
import { createRouter, fails, formOf, type HonoEnv } from "../../lib/http";
import { oldReferral, signedReferral } from "../../participants/aliases/alias";
import { AUTO, knownLanguage, languageFor, textsOf } from "../../texts/text";
import { oldCodesIn } from "../../widget/old-link";
import { formToken } from "../bots/form-token";
import { joinByForm } from "../frames/frame";
import { statusOf } from "../frames/frame-failure";
import { NOBODY } from "../invitations/invitation";
import { invitationAt, invitationIn, inviterAt } from "../invitations/inviter";
import { logoOf } from "../share-images/logo";
import { drawShareImage, versionOf } from "../share-images/share-image";
import { configAt } from "../widget-api/widget-config";
import { brandPage } from "./brand-page";
import { hostedBrand, hostedCampaign } from "./hosted";
import {
  BrandPageParam,
  BrandPageQuery,
  CampaignFormQuery,
  CampaignPageParam,
  CampaignPageQuery,
  ImageQuery,
  PageForm,
} from "./hosted-schema";
import { robots, sitemap } from "./sitemap";
import { shareImageOf } from "./unfurl";
import { visitorsPage, writtenFor, writtenPage } from "./visit";

export const hostedRoutes = createRouter();

const tags = ["Pages"];
const page = { "text/html": { schema: z.string() } };
const A_DAY = 86_400;
const AN_HOUR = 3_600;
const FOR_GOOD = "public, max-age=31536000, immutable";

/** @throws 404 unless it is a public campaign of that brand */
async function campaignAt(c: Context<HonoEnv>, slug: string, id: number) {
  const { value, etag } = await cachedValue(c, hostedCopy(id), COPY_LIFETIME_SECONDS, () =>
    hostedCampaign(c.var.ctx, id),
  );
  if (value.brand.slug !== slug) throw notFound("page");
  return { campaign: { ...value, config: configAt(value.config, c.var.ctx.now()) }, etag };
}

hostedRoutes.openapi(
  pageRoute({
    method: "get",
    path: "/p/{slug}",
    operationId: "getBrandPage",
    summary: "Show a brand and its public campaigns",
    description: "The newest 200 campaigns, in the visitor's language.",
    tags,
    request: { params: BrandPageParam, query: BrandPageQuery },
    responses: {
      200: { description: "A page.", content: page },
      304: { description: "Unchanged since the version in `If-None-Match`." },
      ...fails("not_found"),
    },
  }),
  async (c) => {
    const { ctx } = c.var;
    const { slug } = c.req.valid("param");
    const { value } = await cachedValue(c, brandCopy(slug), COPY_LIFETIME_SECONDS, () => hostedBrand(ctx, slug));
    const { page, lang } = c.req.valid("query");
    const chosen = knownLanguage(lang);
    const language = chosen ?? languageFor(AUTO, c.req.header("Accept-Language"));
    c.header("Vary", "Accept-Language");
    return sendShared(
      c,
      await render(
        brandPage({ brand: value, page, language, chosen, origin: linkOrigin(ctx.origin, value), now: ctx.now() }),
      ),
    );
  },
);

hostedRoutes.openapi(
  pageRoute({
    method: "get",
    path: "/p/{slug}/campaign/{id}",
    operationId: "getCampaignPage",
    summary: "Show a campaign's page",
    description:
      "The landing page with its form. Public campaigns only. Besides `ref`, it reads other products' parameters, for codes that participants had there.",
    tags,
    request: { params: CampaignPageParam, query: CampaignPageQuery },
    responses: { 200: { description: "A page.", content: page }, ...fails("not_found") },
  }),
  async (c) => {
    const { ctx } = c.var;
    const { slug, id } = c.req.valid("param");
    const found = await campaignAt(c, slug, id);
    const { ref: sent, lang } = c.req.valid("query");
    const setting = found.campaign.config.widget.language;
    const chosen = knownLanguage(lang);
    const language = chosen ?? languageFor(setting, c.req.header("Accept-Language"));
    const origin = linkOrigin(ctx.origin, found.campaign.brand);
    const { html, headers } = await writtenPage(found, { language, chosen }, origin);
    const form_token = await formToken(ctx.env, id, ctx.now());
    const old = found.campaign.has_aliases ? [...sent, ...oldCodesIn(new URL(c.req.url).search)] : [];
    const referral = (await signedReferral(ctx, id, sent)) ?? (await oldReferral(ctx, id, old));
    const invitation = referral ? await invitationAt(c, found.campaign.config, referral, language) : NOBODY;
    const body = writtenFor(html, { form_token, referral: referral?.code ?? "", invitation });
    return c.body(body, 200, { ...headers, "Cache-Control": "private, no-cache" });
  },
);

hostedRoutes.openapi(
  pageRoute({
    method: "post",
    path: "/p/{slug}/campaign/{id}",
    operationId: "joinByCampaignPage",
    summary: "Submit a campaign page's form",
    description: "The form's action without JavaScript: like `POST /api/widget/signup`, but returns the page.",
    tags,
    request: {
      params: CampaignPageParam,
      query: CampaignFormQuery,
      body: {
        content: {
          "application/x-www-form-urlencoded": {
            schema: PageForm,
            example: { email: "grace@example.com", name: "Grace" },
          },
        },
      },
    },
    responses: {
      200: { description: "The visitor joined, or sees where to find their link.", content: page },
      ...fails("invalid_request", "not_found"),
    },
  }),
  async (c) => {
    const { ctx } = c.var;
    const { slug, id } = c.req.valid("param");
    const { campaign } = await campaignAt(c, slug, id);
    const { widget } = campaign.config;
    const chosen = knownLanguage(c.req.valid("query").lang);
    const language = chosen ?? languageFor(widget.language, c.req.header("Accept-Language"));
    const form = await formOf(c);
    const state = await joinByForm(ctx, id, form, textsOf(language, widget.texts), callerOf(c));
    const form_token = await formToken(ctx.env, id, ctx.now());
    const referral = typeof form.ref === "string" ? form.ref : "";
    const shown = await visitorsPage(campaign, { language, chosen }, linkOrigin(ctx.origin, campaign.brand), {
      form_token,
      referral,
      invitation: state.step === "form" ? await invitationIn(c, campaign.config, referral, language) : NOBODY,
      state,
    });
    return sendPage(c, shown, statusOf(state, c));
  },
);

hostedRoutes.openapi(
  publicRoute({
    method: "get",
    path: "/p/{slug}/campaign/{id}/share.png",
    operationId: "getShareImage",
    summary: "Get a campaign's share image",
    tags,
    request: { params: CampaignPageParam, query: ImageQuery },
    responses: {
      200: { description: "A PNG of 1200 by 630 pixels.", content: { "image/png": { schema: z.string() } } },
      ...fails("not_found"),
    },
  }),
  async (c) => {
    const { slug, id } = c.req.valid("param");
    const { campaign } = await campaignAt(c, slug, id);
    const { v, ref, lang } = c.req.valid("query");
    const referral = await signedReferral(c.var.ctx, id, ref);
    const inviter = referral && (await inviterAt(c, id, referral.participant_id));
    const image = shareImageOf(campaign, knownLanguage(lang), inviter);
    const version = await versionOf(image);
    const file = await cachedFile(c, `share-image/${version}`, A_DAY, async () =>
      drawShareImage(c.var.ctx, image, await logoOf(c.var.ctx, image.logo)),
    );
    const lasting = v === version ? FOR_GOOD : "public, max-age=300";
    return c.body(file as ArrayBuffer, 200, { "Content-Type": "image/png", "Cache-Control": lasting });
  },
);

hostedRoutes.openapi(
  publicRoute({
    method: "get",
    path: "/sitemap.xml",
    operationId: "getSitemap",
    summary: "Get the sitemap",
    tags,
    responses: {
      200: { description: "A sitemap.", content: { "application/xml": { schema: z.string() } } },
      304: { description: "Unchanged since the version in `If-None-Match`." },
    },
  }),
  (c) =>
    cachedPage(c, "sitemap/1", AN_HOUR, async () => ({
      html: await sitemap(c.var.ctx),
      headers: { "Content-Type": "application/xml" },
    })),
);

hostedRoutes.openapi(
  publicRoute({
    method: "get",
    path: "/robots.txt",
    operationId: "getRobots",
    summary: "Get robots.txt",
    tags,
    responses: { 200: { description: "A text.", content: { "text/plain": { schema: z.string() } } } },
  }),
  (c) => c.text(robots(c.var.ctx.origin), 200, { "Cache-Control": "public, max-age=3600" }),
);
