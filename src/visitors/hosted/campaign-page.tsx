import type { Child } from "hono/jsx";
import { headWords, templateIdOf } from "../../campaigns/lander/lander-looks";
import type { Page } from "../../lib/html";
import { plainText } from "../../lib/richtext";
import { languages } from "../../texts/languages";
import { AUTO, directionOf, textsOf } from "../../texts/text";
import { panelCss } from "../frames/css";
import { panelScripts } from "../frames/panel";
import type { Invitation } from "../invitations/invitation";
import { campaignPath, type HostedCampaign, inLanguage, teaser } from "./hosted";
import { baseSheet, templateSheets } from "./hosted-sheet";
import { Template } from "./templates";
import { themeOf } from "./theme";

const TITLE_MAX = 120;
const DESCRIPTION_MAX = 200;
const OUR_ICON = "/docs-assets/icon.svg";

/**
 * The configuration for the campaign's own page: the landing page's button, and a background if the widget has none.
 */
function onItsPage({ config, lander }: HostedCampaign, button: string): HostedCampaign["config"] {
  const { widget } = config;
  const ground = widget.background_type === "transparent" && {
    background_type: "color" as const,
    background_color: "#ffffff",
  };
  // Also sets the button in the language's texts, because `wordsOf` treats a text equal to the English default as
  // unset.
  const own = lander.button_text && { button_text: button, texts: { ...widget.texts, join: button } };
  return { ...config, widget: { ...widget, ...ground, ...own } };
}

type CampaignPageProps = {
  campaign: HostedCampaign;
  language: string;
  chosen: string | undefined;
  origin: string;
  invitation: Invitation;
  /** Hash of the share image's content. */
  imageVersion: string;
  panel: (config: HostedCampaign["config"]) => Child;
  /** The styles, scripts, and policy for the form's bot checks. */
  trap: { css: string; head?: Child; policy?: Page["policy"] };
};

export function campaignPage({
  campaign,
  language,
  chosen,
  origin,
  invitation,
  imageVersion,
  panel,
  trap,
}: CampaignPageProps): Page {
  const { lander, brand, config } = campaign;
  const texts = textsOf(language, config.widget.texts);
  const words = headWords(lander, config.widget, texts);
  const shown = onItsPage(campaign, words.button);
  const id = templateIdOf(lander.template_id);
  const theme = themeOf(campaign);
  const title = `${teaser(words.title, TITLE_MAX) || teaser(campaign.name, TITLE_MAX)} · ${brand.name}`;
  const url = `${origin}${campaignPath(brand.slug, campaign.id)}`;
  return {
    title: `${invitation.by}${title}`,
    language,
    direction: directionOf(language),
    head: (
      <>
        <Unfurled
          {...{ url, origin, language, isInMany: campaign.config.widget.language === AUTO }}
          title={`${invitation.by}${title}`}
          description={`${invitation.gift}${teaser(words.lede, DESCRIPTION_MAX)}`}
          site={brand.name}
          image={{
            url: `${inLanguage(`${url}/share.png?v=${imageVersion}`, chosen)}${invitation.image}`,
            alt: plainText(words.title),
          }}
        />
        <Icon logo={brand.logo_url} />
        {campaign.is_test && <meta name="robots" content="noindex" />}
        <meta name="theme-color" content={theme.ground} />
        {trap.head}
      </>
    ),
    css: [panelCss(shown.widget), trap.css, baseSheet, templateSheets[id], theme.css].join("\n"),
    scripts: panelScripts,
    body: (
      <>
        {campaign.is_test && (
          <p class="test-mode" role="note">
            {texts.test_mode}
          </p>
        )}
        <Template
          id={id}
          campaign={campaign}
          texts={texts}
          language={language}
          chosen={chosen}
          panel={panel(shown)}
          invitation={invitation}
        />
      </>
    ),
    // The templates center what they show, so each part that arrives would move the others.
    isPaintedWhole: true,
    bodyClass: `template-${id} ${theme.image ? "pictured" : "plain"}`,
    policy: trap.policy,
  };
}

type UnfurledProps = {
  title: string;
  description: string;
  url: string;
  site: string;
  language: string;
  image?: { url: string; alt: string };
  /** Whether this URL shows each visitor's language. */
  isInMany?: boolean;
};

/** The languages that search engines know. Excludes variants such as `de-x-formal`. */
const FOUND_BY = Object.keys(languages).filter((tag) => !tag.includes("-x-"));

/** Metadata for search engines and link previews. */
export const Unfurled = ({ title, description, url, site, language, image, isInMany }: UnfurledProps) => (
  <>
    <meta name="description" content={description} />
    <link rel="canonical" href={isInMany ? inLanguage(url, language) : url} />
    {isInMany && (
      <>
        <link rel="alternate" hreflang="x-default" href={url} />
        {FOUND_BY.map((tag) => (
          <link rel="alternate" hreflang={tag} href={inLanguage(url, tag)} />
        ))}
      </>
    )}
    <meta property="og:type" content="website" />
    <meta property="og:site_name" content={site} />
    <meta property="og:title" content={title} />
    <meta property="og:description" content={description} />
    <meta property="og:url" content={url} />
    <meta property="og:locale" content={(language.split("-x-")[0] ?? language).replace("-", "_")} />
    {image && (
      <>
        <meta property="og:image" content={image.url} />
        <meta property="og:image:type" content="image/png" />
        <meta property="og:image:width" content="1200" />
        <meta property="og:image:height" content="630" />
        <meta property="og:image:alt" content={image.alt} />
        <meta name="twitter:image" content={image.url} />
      </>
    )}
    <meta name="twitter:card" content={image ? "summary_large_image" : "summary"} />
    <meta name="twitter:title" content={title} />
    <meta name="twitter:description" content={description} />
  </>
);

export const Icon = ({ logo }: { logo: string | null }) => <link rel="icon" href={logo ?? OUR_ICON} />;
