import { campaignHead } from "../../campaigns/campaign-head";
import { storedDraft } from "../../campaigns/drafts/draft";
import { asLander, storedLander } from "../../campaigns/lander/lander";
import { LanderChange } from "../../campaigns/lander/lander-schema";
import type { MemberCtx } from "../../lib/ctx";
import { notFound } from "../../lib/errors";
import type { Page } from "../../lib/html";
import { languageFor } from "../../texts/text";
import { visitorsPage } from "../../visitors/hosted/visit";
import { NOBODY } from "../../visitors/invitations/invitation";
import { storedConfig, toConfig } from "../../visitors/widget-api/widget-config";
import { inert } from "./preview-page";

/** The settings that determine the defaults of the others. */
const Layout = LanderChange.pick({ template_id: true, background_type: true });

/** A landing page for its editor: the draft, otherwise the published settings. @throws 404 */
export async function landerInEditor(ctx: MemberCtx, campaignId: number) {
  const [[head], [row], [draft]] = await ctx.db.batch([
    campaignHead(ctx, campaignId),
    storedLander(ctx.db, ctx.actor.memberId, campaignId),
    storedDraft(ctx, campaignId, "lander"),
  ]);
  if (!head || !row) throw notFound("campaign");
  const settings = draft?.settings ?? row.settings ?? {};
  const otherwise = asLander({ ...row, settings: Layout.safeParse(settings).data ?? null });
  return { head, settings, otherwise, draft: draft ?? null };
}

/**
 * The landing page with these settings, or with its draft. Only its owner can see it; views are not counted.
 * @throws 404
 */
export async function landerPreview(ctx: MemberCtx, campaignId: number, settings: LanderChange | null): Promise<Page> {
  const [[row], [stored], [draft]] = await ctx.db.batch([
    storedLander(ctx.db, ctx.actor.memberId, campaignId),
    storedConfig(ctx, campaignId),
    storedDraft(ctx, campaignId, "lander"),
  ]);
  if (!row || !stored) throw notFound("campaign");
  const { campaign_name: name, slug, domain, url, logo_url, background_image, socials } = row;
  const config = toConfig(stored, null);
  const campaign = {
    id: campaignId,
    name,
    brand: { slug, domain, name: config.brand_name, url, logo_url, background_image, socials },
    lander: settings ?? draft?.settings ?? row.settings ?? {},
    config: { ...config, widget: { ...config.widget, turnstile_site_key: null } },
  };
  const language = languageFor(config.widget.language, undefined);
  return inert(
    await visitorsPage(campaign, { language, chosen: undefined }, ctx.origin, {
      form_token: "",
      referral: "",
      invitation: NOBODY,
    }),
  );
}
