import { plainText } from "../lib/richtext";
import { de } from "./de";
import { en, type Texts } from "./en";
import { es } from "./es";
import { fr } from "./fr";
import { pt } from "./pt";

export type { Texts } from "./en";

const languages: Record<string, Texts> = { en, de, fr, es, pt };

/** The texts of a language tag (`pt-BR` reads as `pt`; English where there is none), with the campaign's own where it has some. */
export function textsOf(tag: string, own: Record<string, string> = {}): Texts {
  const known = languages[tag.split("-")[0]?.toLowerCase() ?? ""] ?? en;
  const changed = Object.entries(own).filter(([name]) => name in en);
  return { ...known, ...Object.fromEntries(changed.map(([name, text]) => [name, plainText(text)])) };
}

/** A text with its words in braces put in. */
export const fill = (text: string, words: Record<string, string | number>) =>
  text.replace(/\{([a-z_]+)\}/g, (whole, name: string) => String(words[name] ?? whole));
