const JAPANESE = /[\u3001-\u30ff\u3400-\u9fff\uff00-\uffef]/;
/**
 * Characters that never start a line: closing brackets, punctuation, small letters, and hiragana that ends the word
 * before it.
 */
const HANGING =
  /^[\p{Pe}\p{Pf}\p{Po}\p{Lm}\p{Mn}\u3041-\u309f\u30a1\u30a3\u30a5\u30a7\u30a9\u30c3\u30e3\u30e5\u30e7\u30ee\uff5e\u301c]/u;
/** Characters that never end a line: opening brackets, and numbers before what they count. */
const LEADING = /[\p{Ps}\p{Pi}\p{Sc}\p{N}#]$/u;
/** Suffixes: "1,000円分" (worth), "お客様" (customer), "3人目" (the third). */
const SUFFIX = /^[分円人個名様達目中]$/;
/** A polite prefix of a word. */
const PREFIX = /^[\u304a\u3054]$/;
let words: Intl.Segmenter | undefined;

/** Japanese has no spaces. Lines break before a word, never inside one or before its particles. */
export function phrasesOf(text: string): string[] {
  if (!JAPANESE.test(text)) return [text];
  words ??= new Intl.Segmenter("ja", { granularity: "word" });
  const phrases: string[] = [];
  for (const { segment } of words.segment(text)) {
    const last = phrases.at(-1);
    const isOne =
      last !== undefined && (!JAPANESE.test(last.slice(-1) + segment.slice(0, 1)) || isBound(last, segment));
    if (isOne) phrases[phrases.length - 1] = last + segment;
    else phrases.push(segment);
  }
  return phrases;
}

const isBound = (before: string, after: string) =>
  SUFFIX.test(after) || (HANGING.test(after) && !PREFIX.test(after)) || LEADING.test(before) || PREFIX.test(before);

/** A tag, or a character's name. */
const MARKUP = /(<[^<>]*>|&[^&;\s]*;)/;

/** Basic HTML that says where Japanese lines may break, for titles that break nowhere else (`word-break: keep-all`). */
export const phrased = (html: string) =>
  html
    .split(MARKUP)
    .map((part, i) => (i % 2 === 0 ? phrasesOf(part).join("<wbr>") : part))
    .join("");
