import { accepted } from "../lib/accept";
import { plainText } from "../lib/richtext";
import { de } from "./de";
import { en, type Texts } from "./en";
import { es } from "./es";
import { fr } from "./fr";
import { pt } from "./pt";

export type { Texts } from "./en";

/** Every language whose texts we have, by its tag. */
export const languages: Record<string, Texts> = { en, de, fr, es, pt };

const baseOf = (tag: string) => tag.split("-")[0]?.toLowerCase() ?? "";
const speaks = (tag: string) => Object.hasOwn(languages, baseOf(tag));

/** Plural forms that English does without and a campaign's own texts may need. */
const FURTHER_FORM = /_(zero|two|few|many)$/;
const isText = (name: string) => Object.hasOwn(en, name) || Object.hasOwn(en, name.replace(FURTHER_FORM, "_other"));

/** The texts of a language tag (`pt-BR` reads as `pt`; English where there is none), with the campaign's own where it has some. */
export function textsOf(tag: string, own: Record<string, string> = {}): Texts {
  const known = languages[speaks(tag) ? baseOf(tag) : "en"] ?? en;
  const changed = Object.entries(own).filter(([name]) => isText(name));
  return { ...known, ...Object.fromEntries(changed.map(([name, text]) => [name, plainText(text)])) };
}

/** A text with its words in braces put in. */
export const fill = (text: string, words: Record<string, string | number>) =>
  text.replace(/\{([a-z_]+)\}/g, (whole, name: string) => (Object.hasOwn(words, name) ? String(words[name]) : whole));

/** A campaign that says so speaks each visitor's language. */
export const AUTO = "auto";

/**
 * The language to answer in: the campaign's setting, or for `auto` the first of the browser's (`Accept-Language`) that we have, else English.
 * An `auto` page has few variants, so that each may be kept under its language.
 */
export function languageFor(setting: string, acceptLanguage: string | undefined): string {
  if (setting !== AUTO) return setting;
  return baseOf(accepted(acceptLanguage).find(speaks) ?? "en");
}

/** A tag that Intl takes: a campaign's may look well and name nothing. */
function localeOf(tag: string): string {
  try {
    return Intl.getCanonicalLocales(tag)[0] ?? "en";
  } catch {
    return "en";
  }
}

const RIGHT_TO_LEFT = new Set(["Arab", "Hebr", "Thaa", "Syrc", "Nkoo", "Adlm", "Rohg", "Samr", "Mand"]);

/** Which way a language is read, by the script it is written in. */
export const directionOf = (tag: string): "ltr" | "rtl" =>
  RIGHT_TO_LEFT.has(new Intl.Locale(localeOf(tag)).maximize().script ?? "") ? "rtl" : "ltr";

/** `1,234` as the language writes it. */
export const numberIn = (tag: string, value: number) => new Intl.NumberFormat(localeOf(tag)).format(value);

/** `$1,234.50` as the language writes it. */
export const moneyIn = (tag: string, dollars: number) =>
  new Intl.NumberFormat(localeOf(tag), { style: "currency", currency: "USD" }).format(dollars);

/** `22 November 2026` as the language writes it; a day of UTC, since no visitor's zone is known here. */
export const dayIn = (tag: string, day: Date) =>
  new Intl.DateTimeFormat(localeOf(tag), { dateStyle: "long", timeZone: "UTC" }).format(day);

/** Names of texts with a form for one and a form for others: `people_one`, `people_other`. */
export type Counted = { [Name in keyof Texts]: Name extends `${infer Base}_other` ? Base : never }[keyof Texts];

/** A text in the form that the number asks for, with `{count}` put in as the language writes numbers. */
export function count(texts: Texts, tag: string, name: Counted, value: number): string {
  const forms: Record<string, string> = texts;
  const form = new Intl.PluralRules(localeOf(tag)).select(value);
  return fill(forms[`${name}_${form}`] ?? texts[`${name}_other`], { count: numberIn(tag, value) });
}
