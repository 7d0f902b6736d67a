import { type BrandDraws, proofPath } from "../../campaigns/contest/proof";
import type { Page } from "../../lib/html";
import { plainText } from "../../lib/richtext";
import { count, dayIn, directionOf, fill, type Texts, textsOf } from "../../texts/text";
import { Icon, Unfurled } from "./campaign-page";
import { drawsPath } from "./hosted";
import { BrandMark, FootWays, Pager } from "./hosted-parts";
import { baseSheet, brandSheet } from "./hosted-sheet";
import { plainTheme } from "./theme";

type DrawsPageProps = { draws: BrandDraws; page: number; pages: number; language: string; origin: string };

/** The past draws of a brand's public campaigns. Each links to its proof. Names of participants are not in it. */
export function drawsPage({ draws: { brand, rows }, page, pages, language, origin }: DrawsPageProps): Page {
  const texts = textsOf(language);
  const title = fill(texts.draws_of, { brand: brand.domain });
  const path = drawsPath(brand.slug);
  return {
    title,
    language,
    direction: directionOf(language),
    head: (
      <>
        <Unfurled
          {...{ title, description: texts.draws_text, language }}
          url={`${origin}${path}${page > 1 ? `?page=${page}` : ""}`}
          site={brand.domain}
        />
        <Icon logo={brand.logo_url} />
      </>
    ),
    css: `${baseSheet}${brandSheet}${plainTheme(brand.background_image)}`,
    bodyClass: brand.background_image ? "pictured" : "plain",
    body: (
      <>
        <header class="banner">
          <BrandMark brand={brand} />
          <h1 class="title">{texts.draws}</h1>
          <p class="lede">{texts.draws_text}</p>
        </header>
        <main>
          <ul class="cards">
            {rows.map((draw) => (
              <Draw draw={draw} texts={texts} language={language} />
            ))}
          </ul>
          <Pager at={page} pages={pages} path={path} label={texts.draws} texts={texts} />
        </main>
        <footer class="foot">
          <FootWays brand={brand} texts={texts} />
        </footer>
      </>
    ),
  };
}

type DrawProps = { draw: BrandDraws["rows"][number]; texts: Texts; language: string };

const Draw = ({ draw, texts, language }: DrawProps) => (
  <li class="card">
    <h2>
      <a href={proofPath(draw.campaign_id, draw.number)}>
        {draw.contest_name === null ? `${draw.campaign_id} · ${draw.number}` : plainText(draw.contest_name)}
      </a>
    </h2>
    <p>{fill(texts.drawn_on, { day: dayIn(language, new Date(draw.drawn_at)) })}</p>
    {draw.removed_at !== null && <p>{texts.draw_removed}</p>}
    <div class="card-facts">
      <span>{count(texts, language, "draw_entrants", draw.entrants_count)}</span>
      <span>{count(texts, language, "draw_winners", draw.winners_count)}</span>
      <span class="card-go" aria-hidden="true">
        {texts.draw_check} <span class="arrow">→</span>
      </span>
    </div>
  </li>
);
