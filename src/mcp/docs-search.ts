import type { DocsSite } from "../docs/site/page";
import { type Part, partsOf } from "../docs/site/parts";

const TEXT_MAX = 1_500;

let parts: (Part & { words: string })[] | undefined;

/** The parts of the documentation that have most of the words, those with a word in the title first. */
export function found(document: object, site: DocsSite, origin: string, query: string, limit: number) {
  parts ??= partsOf(document, site).map((part) => ({ ...part, words: `${part.title} ${part.text}`.toLowerCase() }));
  const sought = [
    ...new Set(
      query
        .toLowerCase()
        .split(/[^\p{L}\p{N}_]+/u)
        .filter((word) => word.length > 1),
    ),
  ].slice(0, 20);
  return parts
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
