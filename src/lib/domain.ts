import { domainToUnicode } from "node:url";
import { lazy } from "./lazy";

/** Scripts that are written together (UTS #39, "highly restrictive"). Any other script must stand alone. */
const written = lazy(() => [
  /^[\d\p{scx=Latn}\p{scx=Hani}\p{scx=Hira}\p{scx=Kana}-]+$/u,
  /^[\d\p{scx=Latn}\p{scx=Hani}\p{scx=Bopo}-]+$/u,
  /^[\d\p{scx=Latn}\p{scx=Hani}\p{scx=Hang}-]+$/u,
  /^[\d\p{scx=Cyrillic}-]+$/u,
  /^[\d\p{scx=Greek}-]+$/u,
  /^[\d\p{scx=Arabic}-]+$/u,
  /^[\d\p{scx=Hebrew}-]+$/u,
  /^[\d\p{scx=Armenian}-]+$/u,
  /^[\d\p{scx=Georgian}-]+$/u,
  /^[\d\p{scx=Devanagari}-]+$/u,
  /^[\d\p{scx=Bengali}-]+$/u,
  /^[\d\p{scx=Gurmukhi}-]+$/u,
  /^[\d\p{scx=Gujarati}-]+$/u,
  /^[\d\p{scx=Oriya}-]+$/u,
  /^[\d\p{scx=Tamil}-]+$/u,
  /^[\d\p{scx=Telugu}-]+$/u,
  /^[\d\p{scx=Kannada}-]+$/u,
  /^[\d\p{scx=Malayalam}-]+$/u,
  /^[\d\p{scx=Sinhala}-]+$/u,
  /^[\d\p{scx=Thai}-]+$/u,
  /^[\d\p{scx=Lao}-]+$/u,
  /^[\d\p{scx=Khmer}-]+$/u,
  /^[\d\p{scx=Myanmar}-]+$/u,
  /^[\d\p{scx=Tibetan}-]+$/u,
  /^[\d\p{scx=Ethiopic}-]+$/u,
]);
/** Whole words of letters that look like Latin ones. Under a Latin top-level domain, browsers show them in ASCII. */
const LOOKALIKE = /^[асԁеһіјӏорԛѕԝхуъЬьҽпгѵѡαικνρυωηοτгզէլհյոռսւքօ\d-]+$/u;
const STRAY_MARK = /[\p{Script=Latin}\p{Script=Cyrillic}\p{Script=Greek}\d-]\p{M}/u;
const NOT_A_LETTER = /[^\p{L}\p{M}\p{N}-]/u;

/** A domain as people read it: in its own script, unless it could be mistaken for another domain. */
export function shownDomain(domain: string): string {
  if (!domain.includes("xn--")) return domain;
  const labels = domainToUnicode(domain).split(".");
  const isLatin = /^[a-z]+$/.test(labels.at(-1) ?? "");
  const isPlain = (label: string) =>
    written().some((letters) => letters.test(label)) &&
    !STRAY_MARK.test(label) &&
    !NOT_A_LETTER.test(label) &&
    !(isLatin && /\D/.test(label) && LOOKALIKE.test(label));
  return labels.every(isPlain) ? labels.join(".") : domain;
}
