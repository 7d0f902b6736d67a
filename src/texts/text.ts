import { accepted } from "../lib/accept";
import { decimalsOf } from "../lib/currency";
import { plainText } from "../lib/richtext";
import { type Counted, en, type Texts } from "./en/en";
import { members } from "./en/members";
import { fill } from "./fill";
import { type Language, languages, spokenFor } from "./languages";

export type { Texts } from "./en/en";
export { fill } from "./fill";

/** The tag of our texts for a requested language. Undefined if we have none. */
export const knownLanguage = (tag: string | undefined) => (tag ? spokenFor(tag) : undefined);

/** Plural forms that English lacks but a campaign's own texts may need. */
const FURTHER_FORM = /_(zero|two|few|many)$/;
const isText = (name: string) => Object.hasOwn(en, name) || Object.hasOwn(en, name.replace(FURTHER_FORM, "_other"));

/** Texts that were made, by language: requests of one Worker ask for few. */
const made = new Map<Language, Texts>();

function spokenTexts(language: Language): Texts {
  const texts = made.get(language) ?? { ...members, ...languages[language]() };
  made.set(language, texts);
  return texts;
}

/**
 * The texts for a language tag, with the campaign's own in place of ours. `pt-BR` reads as `pt`, and `pt-AO` as
 * `pt-PT`; unknown languages get English.
 */
export function textsOf(tag: string, own: Record<string, string> = {}): Texts {
  const known = spokenTexts(spokenFor(tag) ?? "en");
  const changed = Object.entries(own).filter(([name]) => isText(name));
  return { ...known, ...Object.fromEntries(changed.map(([name, text]) => [name, plainText(text)])) };
}

/** The language setting of campaigns that use each visitor's language. */
export const AUTO = "auto";

/** German with "Sie" has several tags in use. Only this one is valid in a page. */
const FORMAL = "de-x-formal";

/**
 * The campaign's language. For `auto`, the first of the browser's languages (`Accept-Language`) that we have, else
 * English. There are only a few variants of an `auto` page, so each can be cached by its language.
 */
export function languageFor(setting: string, acceptLanguage: string | undefined): string {
  if (setting !== AUTO) return spokenFor(setting) === FORMAL ? FORMAL : setting;
  return accepted(acceptLanguage).map(spokenFor).find(Boolean) ?? "en";
}

/**
 * A tag that Intl accepts: a campaign's own may look valid and name no language. Arabic has the digits of our Arabic texts:
 * browsers disagree about which are its own.
 */
function localeOf(tag: string): string {
  try {
    const locale = Intl.getCanonicalLocales(tag)[0] ?? "en";
    return /^ar\b/.test(locale) ? new Intl.Locale(locale, { numberingSystem: "latn" }).toString() : locale;
  } catch {
    return "en";
  }
}

const RIGHT_TO_LEFT = new Set(["Arab", "Hebr", "Thaa", "Syrc", "Nkoo", "Adlm", "Rohg", "Samr", "Mand"]);

/** The direction of a language, from its script. */
export const directionOf = (tag: string): "ltr" | "rtl" =>
  RIGHT_TO_LEFT.has(new Intl.Locale(localeOf(tag)).maximize().script ?? "") ? "rtl" : "ltr";

/** Sentences in a row. Some languages have no spaces. */
export const sentences = (tag: string, ...texts: string[]) => texts.join(/^(ja|zh)\b/.test(tag) ? "" : " ");

/** A phrase on a line of its own: `A coupon` instead of `a coupon`. */
export const capitalized = (tag: string, phrase: string) =>
  phrase.replace(/^\p{Ll}/u, (letter) => letter.toLocaleUpperCase(localeOf(tag)));

/** `1,234` in the language's format. */
export const numberIn = (tag: string, value: number) => new Intl.NumberFormat(localeOf(tag)).format(value);

/** `2.5%` in the language's format. */
export const percentIn = (tag: string, percent: number) =>
  new Intl.NumberFormat(localeOf(tag), { style: "percent", maximumFractionDigits: 2 }).format(percent / 100);

/** `$1,234.50` in the language's format. `value` is in the currency's major unit. */
export function moneyIn(tag: string, value: number, currency: string) {
  const digits = decimalsOf(currency);
  const fraction = { minimumFractionDigits: digits, maximumFractionDigits: digits };
  const format = new Intl.NumberFormat(localeOf(tag), { style: "currency", currency, ...fraction });
  if (directionOf(tag) === "ltr") return format.format(value);
  const parts = format.formatToParts(value);
  return parts
    .map(({ type, value: part }) => (type === "currency" && LATIN.test(part) ? part + LEFT_TO_RIGHT : part))
    .join("");
}

/** Keeps `US$` together among words from right to left, where `$` would move to the other side. */
const LEFT_TO_RIGHT = "\u200e";
const LATIN = /\p{Script=Latin}/u;

/** Languages that write the first of a month as an ordinal. `Intl` does not. */
const FIRST_DAYS: [RegExp, string][] = [
  [/^fr\b/, "1er"],
  [/^pt(-BR)?$/, "1º"],
];

function dateIn(tag: string, date: Date, format: Intl.DateTimeFormatOptions) {
  const locale = localeOf(tag);
  const first = FIRST_DAYS.find(([tags]) => tags.test(locale))?.[1] ?? "1";
  const parts = new Intl.DateTimeFormat(locale, { ...format, timeZone: "UTC" }).formatToParts(date);
  return parts.map(({ type, value }) => (type === "day" && value === "1" ? first : value)).join("");
}

/** `22 November 2026` in the language's format. The day is in UTC, because the visitor's time zone is unknown here. */
export const dayIn = (tag: string, day: Date) => dateIn(tag, day, { dateStyle: "long" });

/** `November 22, 2026 at 1:23 PM UTC` in the language's format. */
export const momentIn = (tag: string, moment: Date) =>
  dateIn(tag, moment, {
    ...{ year: "numeric", month: "long", day: "numeric", hour: "numeric", minute: "2-digit" },
    timeZoneName: "short",
  });

/** The plural form for this number, with `{count}` in the language's format. */
export function count(texts: Texts, tag: string, name: Counted, value: number): string {
  const forms: Record<string, string> = texts;
  const form = new Intl.PluralRules(localeOf(tag)).select(value);
  return fill(forms[`${name}_${form}`] ?? texts[`${name}_other`], { count: numberIn(tag, value) });
}
