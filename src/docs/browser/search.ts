/** A part of the documentation, as in /docs/search.json. */
export type Part = { title: string; path: string; text: string };

const SHOWN = 12;
const AROUND = 60;

export const wordsOf = (query: string) => [
  ...new Set(
    query
      .toLowerCase()
      .split(/[^\p{L}\p{N}_]+/u)
      .filter((word) => word.length > 1),
  ),
];

/** Guides rank above the reference, and both rank above the changelog. */
function weightOf(path: string) {
  if (path.startsWith("/docs/changelog")) return 0;
  return path.startsWith("/docs/reference") ? 1 : 2;
}

/** The parts that contain every word. Parts with a word in the title, and guides, come first. */
export function search(parts: Part[], query: string): Part[] {
  const words = wordsOf(query);
  if (words.length === 0) return [];
  return parts
    .map((part) => {
      const title = part.title.toLowerCase();
      const text = part.text.toLowerCase();
      const points = words.map((word) => (title.includes(word) ? 4 : text.includes(word) ? 1 : -100));
      return { part, score: points.reduce((sum, n) => sum + n, weightOf(part.path)) };
    })
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score)
    .slice(0, SHOWN)
    .map(({ part }) => part);
}

/** The text around the first word found. */
export function excerpt({ text }: Part, query: string) {
  const plain = text.replace(/\s+/g, " ");
  const at = Math.max(0, ...wordsOf(query).map((word) => plain.toLowerCase().indexOf(word)));
  const from = Math.max(0, at - AROUND);
  return `${from > 0 ? "…" : ""}${plain.slice(from, at + AROUND * 2)}`;
}
