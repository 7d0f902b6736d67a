import type { Child } from "hono/jsx";
import { headWords, templateIdOf } from "../../campaigns/lander/lander-looks";
import type { Page } from "../../lib/html";
import { plainText } from "../../lib/richtext";
import { directionOf, textsOf } from "../../texts/text";
import { panelCss } from "../frames/css";
import { panelScripts } from "../frames/panel";
import { campaignPath, type HostedCampaign, teaser } from "./hosted";
import { baseSheet, templateSheets } from "./hosted-sheet";
import { Template } from "./templates";
import { themeOf } from "./theme";

const TITLE_MAX = 120;
const DESCRIPTION_MAX = 200;
const OUR_ICON = "/docs-assets/icon.svg";

/** The campaign as its own page shows it: the lander's button, and a ground of its own for a widget that has none. */
function onItsPage({ config, lander }: HostedCampaign, button: string): HostedCampaign["config"] {
  const { widget } = config;
  const ground = widget.background_type === "transparent" && {
    background_type: "color" as const,
    background_color: "#ffffff",
  };
  // As one of the language's texts, too: a button that says what ours says in English was not set for whoever reads a widget.
  const own = lander.button_text && { button_text: button, texts: { ...widget.texts, join: button } };
  return { ...config, widget: { ...widget, ...ground, ...own } };
}

type CampaignPageProps = {
  campaign: HostedCampaign;
  language: string;
  origin: string;
  /** Names what the share image shows. */
  imageVersion: string;
  /** Renders the panel from the configuration it is given. */
  panel: (config: HostedCampaign["config"]) => Child;
  /** What the form's traps need of the page. */
  trap: { css: string; head?: Child; policy?: Page["policy"] };
};

/** A campaign's page in its template. */
export function campaignPage({ campaign, language, origin, imageVersion, panel, trap }: CampaignPageProps): Page {
  const { lander, brand, config } = campaign;
  const texts = textsOf(language, config.widget.texts);
  const words = headWords(lander, config.widget, texts);
  const shown = onItsPage(campaign, words.button);
  const id = templateIdOf(lander.template_id);
  const theme = themeOf(campaign);
  const title = `${teaser(words.title, TITLE_MAX) || teaser(campaign.name, TITLE_MAX)} · ${brand.domain}`;
  const url = `${origin}${campaignPath(brand.slug, campaign.id)}`;
  return {
    title,
    language,
    direction: directionOf(language),
    head: (
      <>
        <Unfurled
          {...{ title, url, origin, language }}
          description={teaser(words.lede, DESCRIPTION_MAX)}
          site={brand.domain}
          image={{ url: `${url}/share.png?v=${imageVersion}`, alt: plainText(words.title) }}
        />
        <Icon logo={brand.logo_url} />
        <meta name="theme-color" content={theme.ground} />
        {trap.head}
      </>
    ),
    css: [panelCss(shown.widget), trap.css, baseSheet, templateSheets[id], theme.css].join("\n"),
    scripts: panelScripts,
    body: <Template id={id} campaign={campaign} texts={texts} language={language} panel={panel(shown)} />,
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
};

/** What search engines and link previews are told. */
export const Unfurled = ({ title, description, url, site, language, image }: UnfurledProps) => (
  <>
    <meta name="description" content={description} />
    <link rel="canonical" href={url} />
    <meta property="og:type" content="website" />
    <meta property="og:site_name" content={site} />
    <meta property="og:title" content={title} />
    <meta property="og:description" content={description} />
    <meta property="og:url" content={url} />
    <meta property="og:locale" content={language.replace("-", "_")} />
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
