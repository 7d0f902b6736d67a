import { html as inHtml } from "hono/html";
import { type Page, type Rendered, render } from "../../lib/html";
import { textsOf } from "../../texts/text";
import { Trap, trapCss, turnstilePage } from "../bots/honeypot";
import { Panel, type PanelState } from "../frames/panel";
import type { Invitation } from "../invitations/invitation";
import { versionOf } from "../share-images/share-image";
import { campaignPage } from "./campaign-page";
import { campaignPath, type HostedCampaign, inLanguage } from "./hosted";
import { shareImageOf } from "./unfurl";

type Visit = { form_token: string; referral: string; invitation: Invitation; state?: PanelState };

/** The page's language, and the language in its URL, if any. */
export type Spoken = { language: string; chosen: string | undefined };

export async function visitorsPage(
  campaign: HostedCampaign,
  { language, chosen }: Spoken,
  origin: string,
  { form_token, referral, invitation, state }: Visit,
): Promise<Page> {
  const { widget } = campaign.config;
  const texts = textsOf(language, widget.texts);
  const site_key = widget.turnstile_site_key;
  const isAsked = site_key !== null && (state?.step ?? "form") === "form";
  return campaignPage({
    campaign,
    language,
    chosen,
    origin,
    invitation,
    imageVersion: await versionOf(shareImageOf(campaign, chosen)),
    trap: { css: trapCss, ...(isAsked && turnstilePage) },
    panel: (config) => (
      <Panel
        config={config}
        texts={textsOf(language, config.widget.texts)}
        language={language}
        action={inLanguage(
          campaignPath(campaign.brand.slug, campaign.id),
          language === widget.language ? undefined : language,
        )}
        referral={referral}
        state={state}
        hasHeader={false}
        level={2}
        trap={<Trap form_token={form_token} site_key={site_key} language={language} texts={texts} />}
      />
    ),
  });
}

/** Placeholders for each visitor's own values. No campaign's text can contain a NUL. */
const FORM_TOKEN = "\0token\0";
const REFERRAL = "\0ref\0";
const INVITATION = { by: "\0by\0", gift: "\0gift\0", image: "\0image\0" };

const written = new Map<string, Rendered>();
const WRITTEN_MAX = 200;

/**
 * The page for everyone, with placeholders for the visitor's own values. An isolate renders it once per content,
 * language, and origin.
 */
export async function writtenPage(
  { campaign, etag }: { campaign: HostedCampaign; etag: string },
  spoken: Spoken,
  origin: string,
): Promise<Rendered> {
  const key = [etag, campaign.config.status, spoken.language, spoken.chosen, origin].join(" ");
  const known = written.get(key);
  if (known) return known;
  const page = await visitorsPage(campaign, spoken, origin, {
    form_token: FORM_TOKEN,
    referral: REFERRAL,
    invitation: INVITATION,
  });
  const made = await render(page);
  if (written.size >= WRITTEN_MAX) written.clear();
  written.set(key, made);
  return made;
}

/** The visitor's own copy. The token and the code use only characters that need no HTML escaping. */
export const writtenFor = (html: string, { form_token, referral, invitation: { by, gift, image } }: Visit) =>
  html
    .replaceAll(FORM_TOKEN, () => form_token)
    .replaceAll(REFERRAL, () => referral)
    .replaceAll(INVITATION.by, () => String(inHtml`${by}`))
    .replaceAll(INVITATION.gift, () => String(inHtml`${gift}`))
    .replaceAll(INVITATION.image, () => String(inHtml`${image}`));
