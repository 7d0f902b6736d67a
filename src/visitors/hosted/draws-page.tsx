import { type BrandDraws, proofPath } from "../../campaigns/contest/proof";
import type { Page } from "../../lib/html";
import { plainText } from "../../lib/richtext";
import { count, dayIn, fill, type Texts, textsOf } from "../../texts/text";
import { brandFrame } from "./brand-frame";
import { drawsPath, inLanguage } from "./hosted";
import { Arrow } from "./hosted-parts";

type DrawsPageProps = {
  draws: BrandDraws;
  page: number;
  pages: number;
  language: string;
  chosen: string | undefined;
  origin: string;
};

/** Past draws of a brand's public campaigns. Each links to its proof. Does not show participants' names. */
export function drawsPage({ draws: { brand, rows }, page, pages, language, chosen, origin }: DrawsPageProps): Page {
  const texts = textsOf(language);
  return brandFrame({
    ...{ brand, page, pages, language, chosen, origin, texts },
    title: fill(texts.draws_of, { brand: brand.name }),
    description: texts.draws_text,
    heading: texts.draws,
    lede: texts.draws_text,
    path: drawsPath(brand.slug),
    cards: rows.map((draw) => (
      <Draw
        draw={draw}
        path={inLanguage(proofPath(draw.campaign_id, draw.number), chosen)}
        texts={texts}
        language={language}
      />
    )),
  });
}

type DrawProps = { draw: BrandDraws["rows"][number]; path: string; texts: Texts; language: string };

const Draw = ({ draw, path, texts, language }: DrawProps) => (
  <li class="card">
    <h2>
      <a href={path}>
        {draw.contest_name === null ? `${draw.campaign_id} · ${draw.number}` : plainText(draw.contest_name)}
      </a>
    </h2>
    <p>{fill(texts.drawn_on, { day: dayIn(language, new Date(draw.drawn_at)) })}</p>
    {draw.removed_at !== null && <p>{texts.draw_removed}</p>}
    <div class="card-facts">
      <span>{count(texts, language, "draw_entrants", draw.entrants_count)}</span>
      <span>{count(texts, language, "draw_winners", draw.winners_count)}</span>
      <span class="card-go" aria-hidden="true">
        {texts.draw_check} <Arrow to="→" />
      </span>
    </div>
  </li>
);
