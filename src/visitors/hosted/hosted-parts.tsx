import type { Child } from "hono/jsx";
import { headWords } from "../../campaigns/lander/lander-looks";
import { rewardPromise } from "../../campaigns/reward/reward-promise";
import { Rich, RichTitle } from "../../lib/html";
import { isWordmarkAt } from "../../lib/image-key";
import { fill, numberIn, type Texts } from "../../texts/text";
import { Countdown, Totals } from "../frames/extras";
import { Promises } from "../frames/promises";
import type { Invitation } from "../invitations/invitation";
import { brandPath, type HostedBrand, type HostedCampaign, inLanguage, withParameter } from "./hosted";

/** The parts that each template arranges in its own way. */
export type Parts = {
  campaign: HostedCampaign;
  texts: Texts;
  language: string;
  /** The language in the URL. Links to our other pages keep it. */
  chosen: string | undefined;
  panel: Child;
  invitation: Invitation;
};

type MarkProps = { brand: { slug: string; name: string; logo_url: string | null }; chosen: string | undefined };

/** The brand's logo or initial, and its name unless the logo is the name. Links to the brand's page. */
export const BrandMark = ({ brand, chosen }: MarkProps) => (
  <a class="brand" href={inLanguage(brandPath(brand.slug), chosen)}>
    {brand.logo_url && isWordmarkAt(brand.logo_url) ? (
      <img class="brand-logo" src={brand.logo_url} alt={brand.name} />
    ) : (
      <>
        <Sign {...brand} />
        <span class="brand-name">{brand.name}</span>
      </>
    )}
  </a>
);

const Sign = ({ name, logo_url }: Pick<MarkProps["brand"], "name" | "logo_url">) =>
  logo_url ? (
    <img class="brand-logo" src={logo_url} alt="" />
  ) : (
    <span class="brand-initial" aria-hidden="true">
      {name.slice(0, 1).toUpperCase()}
    </span>
  );

type Said = Pick<Parts, "campaign" | "texts" | "language">;

/** The title and the text below it. Not an h1, because a setting may contain elements that a heading cannot. */
export const Head = ({
  campaign: { lander, config },
  texts,
  invitation,
}: Pick<Parts, "campaign" | "texts" | "invitation">) => {
  const { title, lede } = headWords(lander, config.widget, texts);
  return (
    <div class="head">
      <p class="invitation">
        <b>{invitation.by}</b>
        {invitation.gift}
      </p>
      {/* biome-ignore lint/a11y/useSemanticElements: see above. */}
      <div class="title" role="heading" aria-level={1}>
        <RichTitle text={title} />
      </div>
      <div class="lede">
        <Rich text={lede} />
      </div>
    </div>
  );
};

export const Figures = ({ campaign: { config }, texts, language }: Said) =>
  (config.countdown_end || config.stats) && (
    <div class="figures">
      <Countdown end={config.countdown_end} texts={texts} />
      <Totals stats={config.stats} texts={texts} language={language} />
    </div>
  );

export function Steps({ campaign: { config }, texts, language }: Said) {
  const steps = [
    [texts.how_join, texts.how_join_text],
    [texts.how_share, texts.how_share_text],
    [texts.how_earn, rewardPromise(texts, language, config)],
  ];
  return (
    <section class="how" aria-labelledby="how">
      <h2 id="how">{texts.how}</h2>
      <ol class="steps">
        {steps.map(([name, text], i) => (
          <li>
            <span class="step-number" aria-hidden="true">
              {numberIn(language, i + 1)}
            </span>
            <div>
              <h3>{name}</h3>
              <p>{text}</p>
            </div>
          </li>
        ))}
      </ol>
      <Promises rules={config.rules} texts={texts} language={language} />
    </section>
  );
}

/** Names with their own spelling. */
const SOCIALS: Record<string, string> = {
  github: "GitHub",
  linkedin: "LinkedIn",
  soundcloud: "SoundCloud",
  tiktok: "TikTok",
  twitter: "X",
  vkontakte: "VK",
  wechat: "WeChat",
  whatsapp: "WhatsApp",
  youtube: "YouTube",
};

const Socials = ({ socials, texts }: { socials: { social: string; profile_url: string }[]; texts: Texts }) =>
  socials.length > 0 && (
    <nav aria-label={texts.follow}>
      <ul class="socials">
        {socials.map(({ social, profile_url }) => (
          <li>
            <a href={profile_url} rel="noopener nofollow">
              {SOCIALS[social.toLowerCase()] ?? social.slice(0, 1).toUpperCase() + social.slice(1)}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );

export const FootWays = ({ brand, texts }: { brand: Pick<HostedBrand, "url" | "name" | "socials">; texts: Texts }) => (
  <div class="foot-ways">
    <a href={brand.url} rel="noopener">
      {fill(texts.visit_site, { brand: brand.name })}
    </a>
    <Socials socials={brand.socials} texts={texts} />
    <a href="/source">{texts.source}</a>
  </div>
);

/** The landing page's own footer and the brand's links. */
export const Foot = ({ campaign: { lander, brand }, texts }: Pick<Parts, "campaign" | "texts">) => (
  <footer class="foot">
    {(lander.footer_title || lander.footer_description) && (
      <div class="foot-words">
        {lander.footer_title && (
          <div class="foot-title">
            <Rich text={lander.footer_title} />
          </div>
        )}
        {lander.footer_description && <Rich text={lander.footer_description} />}
      </div>
    )}
    <FootWays brand={brand} texts={texts} />
  </footer>
);

/** Points the other way in right-to-left languages. */
export const Arrow = ({ to }: { to: "←" | "→" }) => (
  <span class="arrow" aria-hidden="true">
    {to}
  </span>
);

/** The first page uses the plain URL, so it has only one. */
export const pageAt = (path: string, page: number) => (page === 1 ? path : withParameter(path, "page", page));

type PagerProps = { at: number; pages: number; path: string; label: string; texts: Texts };

export const Pager = ({ at, pages, path, label, texts }: PagerProps) =>
  pages > 1 && (
    <nav class="pager" aria-label={label}>
      {at > 1 && (
        <a rel="prev" href={pageAt(path, at - 1)}>
          <Arrow to="←" /> {texts.newer}
        </a>
      )}
      {at < pages && (
        <a rel="next" href={pageAt(path, at + 1)}>
          {texts.older} <Arrow to="→" />
        </a>
      )}
    </nav>
  );
