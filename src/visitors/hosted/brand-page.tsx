import { closedWords } from "../../campaigns/closed-words";
import { headWords } from "../../campaigns/lander/lander-looks";
import type { Page } from "../../lib/html";
import { plainText } from "../../lib/richtext";
import { count, dayIn, fill, type Texts, textsOf } from "../../texts/text";
import { brandFrame } from "./brand-frame";
import { brandPath, campaignPath, type HostedBrand, inLanguage, teaser } from "./hosted";
import { Arrow } from "./hosted-parts";

const CARDS_PER_PAGE = 24;
const TEASER_MAX = 160;
const DESCRIPTION_MAX = 200;

type BrandPageProps = {
  brand: HostedBrand;
  page: number;
  language: string;
  chosen: string | undefined;
  origin: string;
  now: Date;
};

/** A brand and its public campaigns. Page numbers that are too high show the last page. */
export function brandPage({ brand, page, language, chosen, origin, now }: BrandPageProps): Page {
  const texts = textsOf(language);
  const pages = Math.ceil(brand.campaigns.length / CARDS_PER_PAGE);
  const at = Math.min(page, pages);
  const title = fill(texts.programs_of, { brand: brand.name });
  return brandFrame({
    ...{ brand, title, page: at, pages, language, chosen, origin, texts },
    description: brand.description ? teaser(brand.description, DESCRIPTION_MAX) : title,
    heading: texts.programs,
    lede: brand.description ? plainText(brand.description) : null,
    path: brandPath(brand.slug),
    cards: brand.campaigns
      .slice((at - 1) * CARDS_PER_PAGE, at * CARDS_PER_PAGE)
      .map((card) => (
        <Card card={card} path={inLanguage(campaignPath(brand.slug, card.id), chosen)} {...{ texts, language, now }} />
      )),
  });
}

type CardProps = { card: HostedBrand["campaigns"][number]; path: string; texts: Texts; language: string; now: Date };

function Card({ card, path, texts, language, now }: CardProps) {
  const words = headWords(card.lander, card.widget, texts);
  const end = card.countdown_end === null ? null : new Date(card.countdown_end);
  return (
    <li class="card">
      <h2>
        <a href={path}>{card.name}</a>
      </h2>
      <p>{teaser(words.title, TEASER_MAX)}</p>
      <div class="card-facts">
        {card.participants !== null && card.participants > 0 && (
          <span>{count(texts, language, "people", card.participants)}</span>
        )}
        {end && end > now && <span>{fill(texts.until, { day: dayIn(language, end) })}</span>}
        {card.status === "live" ? (
          <span class="card-go" aria-hidden="true">
            {texts.take_part} <Arrow to="→" />
          </span>
        ) : (
          <span>{closedWords(card, texts, language).title}</span>
        )}
      </div>
    </li>
  );
}
