import type { Child } from "hono/jsx";
import type { Page } from "../../lib/html";
import { directionOf, type Texts } from "../../texts/text";
import { Icon, Unfurled } from "./campaign-page";
import { type HostedBrand, inLanguage } from "./hosted";
import { BrandMark, FootWays, Pager, pageAt } from "./hosted-parts";
import { baseSheet, brandSheet } from "./hosted-sheet";
import { plainTheme } from "./theme";

type BrandFrame = {
  brand: Pick<
    HostedBrand,
    "name" | "slug" | "url" | "logo_url" | "background_image" | "socials" | "color" | "button_color" | "font_family"
  >;
  title: string;
  description: string;
  heading: string;
  lede: string | null;
  path: string;
  page: number;
  pages: number;
  language: string;
  /** The language in the URL. */
  chosen: string | undefined;
  origin: string;
  texts: Texts;
  cards: Child;
};

/** A brand's page with cards: its mark and a heading above, its links below. */
export const brandFrame = (frame: BrandFrame): Page => {
  const { brand, title, description, heading, lede, path, page, pages, language, chosen, origin, texts, cards } = frame;
  return {
    title,
    language,
    direction: directionOf(language),
    head: (
      <>
        <Unfurled
          {...{ title, description, language }}
          url={`${origin}${pageAt(path, page)}`}
          site={brand.name}
          isInMany
        />
        <Icon logo={brand.logo_url} />
      </>
    ),
    css: `${baseSheet}${brandSheet}${plainTheme(brand.background_image, brand)}`,
    bodyClass: brand.background_image ? "pictured" : "plain",
    body: (
      <>
        <header class="banner">
          <BrandMark brand={brand} chosen={chosen} />
          <h1 class="title">{heading}</h1>
          {lede !== null && <p class="lede">{lede}</p>}
        </header>
        <main>
          <ul class="cards">{cards}</ul>
          <Pager at={page} pages={pages} path={inLanguage(path, chosen)} label={heading} texts={texts} />
        </main>
        <footer class="foot">
          <FootWays brand={brand} texts={texts} />
        </footer>
      </>
    ),
  };
};
