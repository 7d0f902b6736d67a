import { guide } from "../docs/guide";
import { errorCodes } from "../lib/errors";
import { ERRORS } from "../lib/http";

type Part = { title: string; path: string; text: string };

const TEXT_MAX = 1_500;

type Operation = { operationId?: string; summary?: string; description?: string };
type OpenApi = { paths?: Record<string, Record<string, Operation>> };

/** The guide by its headings, each operation, and each error code. */
function partsOf({ paths = {} }: OpenApi): Part[] {
  const [, ...sections] = guide.split(/^## /m);
  return [
    ...sections.map((section) => {
      const [title = "", ...lines] = section.split("\n");
      return { title, path: "/docs", text: lines.join("\n").trim() };
    }),
    ...Object.entries(paths).flatMap(([path, methods]) =>
      Object.entries(methods).flatMap(([method, { operationId, summary = "", description = "" }]) =>
        operationId
          ? [
              {
                title: `${method.toUpperCase()} ${path}: ${summary}`,
                path: "/docs",
                text: `${operationId}. ${description}`,
              },
            ]
          : [],
      ),
    ),
    ...Object.entries(errorCodes).map(([code, { status, about }]) => ({
      title: `Error ${code} (${status})`,
      path: `${ERRORS}#${code}`,
      text: about,
    })),
  ];
}

let parts: (Part & { words: string })[] | undefined;

/** The parts that have most of the words, those with a word in the title first. */
export function found(document: object, origin: string, query: string, limit: number) {
  parts ??= partsOf(document).map((part) => ({ ...part, words: `${part.title} ${part.text}`.toLowerCase() }));
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
