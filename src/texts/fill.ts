export type Direction = "ltr" | "rtl";

const PLACES = /\{([a-z_]+)\}(\.?)/g;
const IN_BRACES = /\{[^{}]*\}/g;
const DIRECTED = /[\p{L}\u200e\u200f]/u;
const RIGHT_TO_LEFT = /[\u0590-\u08ff\u200f\ufb1d-\ufdff\ufe70-\ufefc\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u;
const ENDED = /\.[\u200e\u200f]*$/;
/** Invisible characters that act as a letter of their direction. */
const MARKS = { ltr: "\u200e", rtl: "\u200f" };

/** A text's direction, from its first letter that has one (Unicode Standard Annex 9, rule P2). */
export function directionIn(text: string): Direction | undefined {
  const letter = text.match(DIRECTED)?.[0];
  if (letter === undefined) return undefined;
  return RIGHT_TO_LEFT.test(letter) ? "rtl" : "ltr";
}

/** The direction of a text's own words, without its placeholders. */
export const directionAround = (text: string) => directionIn(text.replace(IN_BRACES, ""));

/** Whether a word runs against the sentence around it. */
export function runsAgainst(word: string, around: Direction | undefined) {
  const own = directionIn(word);
  return own !== undefined && around !== undefined && own !== around;
}

/**
 * A word for a sentence of the other direction. A sentence may start with it, so a mark of the sentence's direction comes
 * first. Marks of the word's own direction keep the digits and signs at its ends in place: "7-Eleven", "Ada L.".
 */
export function placed(word: string, around: Direction | undefined): string {
  if (around === undefined || !runsAgainst(word, around)) return word;
  const own = around === "rtl" ? MARKS.ltr : MARKS.rtl;
  const before = /^\p{L}/u.test(word) ? "" : own;
  const after = /[\p{L}\p{N}]$/u.test(word) ? "" : own;
  return MARKS[around] + before + word + after;
}

/** The sentence's period, unless the word has one that also ends it: "Ada L.", "ر.س." */
export const periodAfter = (word: string, period: string) => (ENDED.test(word) ? "" : period);

/** Fills in a text's placeholders, like `{name}`. Unknown ones stay. */
export function fill(text: string, words: Record<string, string | number>): string {
  const around = directionAround(text) ?? directionIn(Object.values(words).join(" "));
  const known = new Map(Object.entries(words));
  return text.replace(PLACES, (whole, name: string, period: string) => {
    const word = known.get(name)?.toString();
    if (word === undefined) return whole;
    return placed(word, around) + periodAfter(word, period);
  });
}
