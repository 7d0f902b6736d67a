import chardet from "chardet";

/** Common encodings of lists, with a description for people and the detector's names for them. */
const CANDIDATES: [encoding: string, people: string, names: RegExp][] = [
  ["windows-1252", "Western European", /^(windows-1252|iso-8859-1)$/i],
  ["windows-1250", "Central European", /^(windows-1250|iso-8859-2)$/i],
  ["windows-1251", "Cyrillic", /^(windows-1251|iso-8859-5)$/i],
  ["windows-1253", "Greek", /^(windows-1253|iso-8859-7)$/i],
  ["windows-1254", "Turkish", /^(windows-1254|iso-8859-9)$/i],
  ["windows-1255", "Hebrew", /^(windows-1255|iso-8859-8)$/i],
  ["windows-1256", "Arabic", /^windows-1256$/i],
  ["shift_jis", "Japanese (Shift JIS)", /^shift_jis$/i],
  ["euc-jp", "Japanese (EUC)", /^euc-jp$/i],
  ["gb18030", "Simplified Chinese", /^gb18030$/i],
  ["big5", "Traditional Chinese", /^big5$/i],
  ["euc-kr", "Korean", /^euc-kr$/i],
  ["koi8-r", "Cyrillic (KOI8-R)", /^koi8-r$/i],
];

/** The encodings a person can choose for a file that is not Unicode, with their labels. */
export const encodings: [encoding: string, label: string][] = [
  ...CANDIDATES.map(([encoding, people]): [string, string] => [encoding, people]),
  ["windows-1257", "Baltic"],
  ["macintosh", "Western European (old Macs)"],
];

/** Maps every byte to a character, so no byte is lost. */
const EVERY_BYTE = "windows-1252";
const byteOf = new Map(
  [...new TextDecoder(EVERY_BYTE).decode(Uint8Array.from({ length: 256 }, (_, byte) => byte))].map((char, byte) => [
    char,
    byte,
  ]),
);

/** A file's bytes as text, which `readAs` can read in any encoding. */
export const bytesAsText = (file: ArrayBuffer) => new TextDecoder(EVERY_BYTE).decode(file);

/** The encoding of a file before a person chooses one. */
export const UNKNOWN = "unknown";

export const readAs = (encoding: string, bytes: string) =>
  encoding === UNKNOWN
    ? bytes
    : new TextDecoder(encoding).decode(Uint8Array.from(bytes, (char) => byteOf.get(char) ?? 63));

/** Enough to measure letter frequencies. */
const LOOKED_AT_BYTES = 64_000;
/** If the share of plausible words is lower, any reading is a guess. */
const PLAUSIBLE = 0.7;

const SCRIPTS =
  /^(?:\p{Script=Latin}+|\p{Script=Cyrillic}+|\p{Script=Greek}+|\p{Script=Hebrew}+|\p{Script=Arabic}+|[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}ー々]+)$/u;
const TYPOGRAPHY = /[\u2018-\u201e\u2013\u2014\u2022\u2026\u20ac\u00a0«»–—、。・「」，]+/gu;

/** Words with letters beyond ASCII, including adjacent signs. */
const wordsOf = (text: string) =>
  text
    .replace(TYPOGRAPHY, " ")
    .split(/[\s\x21-\x2f\x3a-\x40\x5b-\x60\x7b-\x7e\d]+/)
    .filter((word) => /[^\0-\x7f]/.test(word));

/** One script, at most two accented letters in a row, and no unusual casing like nOBODY. */
const isPlausible = (word: string) =>
  SCRIPTS.test(word) &&
  !/[\u00aa-\u024f]{3}/u.test(word) &&
  (!/\p{Lu}/u.test(word) || /^\p{Lu}?[^\p{Lu}]*$/u.test(word) || word === word.toUpperCase());

/** Capitals and accents, which Hebrew misread as Greek does not have. */
const GREEK = /[Ά-Ϋά-ίό-ώ]/;

const isLetter = (byte = 0) => byte > 127 || (byte >= 65 && byte <= 90) || (byte >= 97 && byte <= 122);

/** The words with bytes beyond ASCII. Email addresses and codes would mislead the detector. */
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
 * The encoding of a text that is neither UTF-8 nor UTF-16: the one that makes most words plausible, and on a tie, the
 * one that the detector prefers by letter frequency. Null if none is plausible or two are equally likely.
 */
export function encodingOf(file: Uint8Array): string | null {
  const bytes = file.subarray(0, LOOKED_AT_BYTES);
  const guesses = chardet.analyse(beyondAscii(bytes));
  const readings = CANDIDATES.map(([encoding, , names], rank) => {
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
