import type { DocsSite } from "../docs/site/page";
import { type Part, partsOf } from "../docs/site/parts";

const TEXT_MAX = 1_500;

type Words = Part & { words: string };

/** The last site that was searched. Its texts contain the origin of the request. */
let known: { site: DocsSite; parts: Words[] } | undefined;

function partsIn(document: object, site: DocsSite) {
  if (known?.site !== site) {
    const parts = partsOf(document, site).map((part) => ({
      ...part,
      words: `${part.title} ${part.text}`.toLowerCase(),
    }));
    known = { site, parts };
  }
  return known.parts;
}

/** The parts of the documentation that contain most of the words, with title matches first. */
export function found(document: object, site: DocsSite, origin: string, query: string, limit: number) {
  const sought = [
    ...new Set(
      query
        .toLowerCase()
        .split(/[^\p{L}\p{N}_]+/u)
        .filter((word) => word.length > 1),
    ),
  ].slice(0, 20);
  return partsIn(document, site)
    .map((part) => {
      const title = part.title.toLowerCase();
      const points = sought.map((word) => (title.includes(word) ? 3 : 0) + (part.words.includes(word) ? 2 : 0));
      return { part, score: points.reduce((sum, n) => sum + n, 0) };
    })
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score)
    .slice(0, limit)
    .map(({ part: { title, path, text } }) => ({ title, url: `${origin}${path}`, text: text.slice(0, TEXT_MAX) }));
}
