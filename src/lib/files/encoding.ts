import chardet from "chardet";

/** Encodings that lists come in, with the names that the detector has for them. */
const CANDIDATES: [encoding: string, names: RegExp][] = [
  ["windows-1252", /^(windows-1252|iso-8859-1)$/i],
  ["windows-1250", /^(windows-1250|iso-8859-2)$/i],
  ["windows-1251", /^(windows-1251|iso-8859-5)$/i],
  ["windows-1253", /^(windows-1253|iso-8859-7)$/i],
  ["windows-1254", /^(windows-1254|iso-8859-9)$/i],
  ["windows-1255", /^(windows-1255|iso-8859-8)$/i],
  ["windows-1256", /^windows-1256$/i],
  ["shift_jis", /^shift_jis$/i],
  ["euc-jp", /^euc-jp$/i],
  ["gb18030", /^gb18030$/i],
  ["big5", /^big5$/i],
  ["euc-kr", /^euc-kr$/i],
];

/** Enough for the frequencies of letters. */
const LOOKED_AT_BYTES = 64_000;
/** Below this share of plausible words, any reading is a guess. */
const PLAUSIBLE = 0.7;

const SCRIPTS =
  /^(?:\p{Script=Latin}+|\p{Script=Cyrillic}+|\p{Script=Greek}+|\p{Script=Hebrew}+|\p{Script=Arabic}+|[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}ー々]+)$/u;
const TYPOGRAPHY = /[\u2018-\u201e\u2013\u2014\u2022\u2026\u20ac\u00a0«»–—、。・「」，]+/gu;

/** Words with letters beyond ASCII, each with the signs that stick to it. */
const wordsOf = (text: string) =>
  text
    .replace(TYPOGRAPHY, " ")
    .split(/[\s\x21-\x2f\x3a-\x40\x5b-\x60\x7b-\x7e\d]+/)
    .filter((word) => /[^\0-\x7f]/.test(word));

/** One script, no more than two accented letters in a row, and not cased like nOBODY writes. */
const isPlausible = (word: string) =>
  SCRIPTS.test(word) &&
  !/[\u00aa-\u024f]{3}/u.test(word) &&
  (!/\p{Lu}/u.test(word) || /^\p{Lu}?[^\p{Lu}]*$/u.test(word) || word === word.toUpperCase());

/** Capitals and accents. Hebrew, read as Greek, has neither. */
const GREEK = /[Ά-Ϋά-ίό-ώ]/;

const isLetter = (byte = 0) => byte > 127 || (byte >= 65 && byte <= 90) || (byte >= 97 && byte <= 122);

/** The words with bytes beyond ASCII. Emails and codes would mislead the detector. */
function beyondAscii(bytes: Uint8Array) {
  const kept: number[] = [];
  for (let at = 0; at < bytes.length; ) {
    let end = at;
    while (end < bytes.length && isLetter(bytes[end])) end++;
    const word = bytes.subarray(at, end);
    if (word.some((byte) => byte > 127)) kept.push(...word, 32);
    at = end + 1;
  }
  return new Uint8Array(kept);
}

/**
 * The encoding of a text that is neither UTF-8 nor UTF-16: the one in which most words look like words, and of several,
 * the one that the detector prefers by the frequencies of letters. Null if none is plausible, or two are alike.
 */
export function encodingOf(file: Uint8Array): string | null {
  const bytes = file.subarray(0, LOOKED_AT_BYTES);
  const guesses = chardet.analyse(beyondAscii(bytes));
  const readings = CANDIDATES.map(([encoding, names], rank) => {
    const words = wordsOf(new TextDecoder(encoding).decode(bytes));
    const isGreek = encoding !== "windows-1253" || words.length === 0 || words.some((word) => GREEK.test(word));
    const share = words.length === 0 ? 1 : isGreek ? words.filter(isPlausible).length / words.length : 0;
    const confidence = Math.max(0, ...guesses.flatMap(({ name, confidence }) => (names.test(name) ? confidence : [])));
    return { encoding, share, confidence, rank };
  });
  const [best, next] = readings.toSorted((a, b) => b.share - a.share || b.confidence - a.confidence || a.rank - b.rank);
  if (!best || best.share < PLAUSIBLE) return null;
  const isTied = next?.share === best.share && next.confidence === best.confidence && best.rank > 6;
  return isTied ? null : best.encoding;
}
