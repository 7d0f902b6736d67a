import { ar } from "./ar/ar";
import { de } from "./de/de";
import { deFormal } from "./de-formal/de-formal";
import { en, type Translation } from "./en/en";
import { es } from "./es/es";
import { fr } from "./fr/fr";
import { it } from "./it/it";
import { ja } from "./ja/ja";
import { nl } from "./nl/nl";
import { pl } from "./pl/pl";
import { pt } from "./pt/pt";
import { ptPT } from "./pt-pt/pt-pt";

/**
 * All languages with texts, by their tags. Each is a folder here and a line in this table. A function creates its texts, so
 * a starting Worker does not build texts that nobody reads.
 */
export const languages = {
  en: (): Translation => en,
  ar,
  de,
  "de-x-formal": (): Translation => ({ ...de(), ...deFormal() }),
  es,
  fr,
  it,
  ja,
  nl,
  pl,
  pt,
  "pt-PT": (): Translation => ({ ...pt(), ...ptPT() }),
} satisfies Record<string, () => Translation>;

export type Language = keyof typeof languages;

/** Languages for a country or a form of address, and the tags of their readers. All other tags match by their first part. */
const VARIANTS: [RegExp, Language][] = [
  // German with "Sie". `de` alone is with "du".
  [/^de(?:[-_](?:de|at|ch))?[-_](?:x[-_])?formal$/i, "de-x-formal"],
  // Countries that write Portuguese as Portugal does. `pt` alone is Brazilian, like most people who speak it.
  [/^pt[-_](?:pt|ao|mz|cv|gw|st|tl|mo|gq)$/i, "pt-PT"],
];

const isLanguage = (tag: string): tag is Language => Object.hasOwn(languages, tag);

/** The language in which we have texts for a reader of this tag. Undefined if we have none. */
export function spokenFor(tag: string): Language | undefined {
  const variant = VARIANTS.find(([tags]) => tags.test(tag));
  if (variant) return variant[1];
  const base = tag.split("-")[0]?.toLowerCase() ?? "";
  return isLanguage(base) ? base : undefined;
}
