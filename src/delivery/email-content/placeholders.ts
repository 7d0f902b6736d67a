import { shownName } from "../../lib/shown-name";
import { directionAround, periodAfter, placed } from "../../texts/fill";

/** Values by placeholder name. Placeholders are names in single or double braces. Unknown ones stay as they are. */
export type Values = Record<string, string>;

const PLACE = /(?:\{\{\s{0,9}([a-z_]{1,40})\s{0,9}\}\}|\{\s{0,9}([a-z_]{1,40})\s{0,9}\})(\.?)/g;

/** Control characters that change the direction of surrounding text. */
const TURNS = /[\u202a-\u202e\u2066-\u2069]/g;
const BREAKS = /[\p{Cc}\u2028\u2029]+/gu;
const CONTROLS = /[^\P{Cc}\n]+/gu;

/** The maximum number of characters that placeholders add to one text. Later ones stay empty. */
const FILLED_MAX = 10_000;

/** A single pass, so braces inside a value are not replaced again. A value like "Figs & Co." also ends its sentence. */
export const fillPlaces = (text: string, values: Values, write: (value: string, name: string) => string) => {
  let filled = 0;
  return text.replace(PLACE, (whole, double?: string, single?: string, period = "") => {
    const name = double ?? single ?? "";
    const value = Object.hasOwn(values, name) ? values[name] : undefined;
    if (value === undefined) return whole;
    const written = filled > FILLED_MAX ? "" : write(value, name);
    filled += written.length;
    return written + periodAfter(value, period);
  });
};

/** The same as plain text. A URL stays as it is, because email programs would make a mark part of the link. */
export function fillPlain(text: string, values: Values, around = directionAround(text)) {
  return fillPlaces(text, values, (value) => (webUrl(value) ? value : placed(value, around)));
}

const IN_BRACES = /\{\{?([^{}]{1,80})\}?\}/g;
const LIKE_A_NAME = /^[\p{L}\d_. -]{1,40}$/u;

/** Texts that look like placeholders but are unknown. They are sent as they are. */
export const strangePlaces = (text: string, names: readonly string[]) => [
  ...new Set(
    [...text.matchAll(IN_BRACES)].flatMap(([whole, inside = ""]) => {
      const name = inside.trim();
      return LIKE_A_NAME.test(name) && !names.includes(name) ? [whole] : [];
    }),
  ),
];

/** The placeholder's name if it is the entire text, otherwise null. */
export function onlyPlace(text: string, values: Values): string | null {
  const name = text.match(/^(?:\{\{\s{0,9}([a-z_]{1,40})\s{0,9}\}\}|\{\s{0,9}([a-z_]{1,40})\s{0,9}\})$/);
  const found = name?.[1] ?? name?.[2];
  return found !== undefined && Object.hasOwn(values, found) ? found : null;
}

export const hasPlace = (text: string, name: string) => {
  let has = false;
  fillPlaces(text, { [name]: "" }, (value) => {
    has = true;
    return value;
  });
  return has;
};

/** The maximum number of characters of one value in an email. */
const VALUE_MAX_CHARACTERS = 1_000;
/** Capped early, so a long value does not slow down the steps that follow. */
const capped = (text: string) =>
  shortened(text.slice(0, 4 * VALUE_MAX_CHARACTERS).toWellFormed(), VALUE_MAX_CHARACTERS);

/** The text on a single line, because a line break in a subject would start another header. */
export const oneLine = (text: string) => capped(text).replace(TURNS, "").replace(BREAKS, " ").trim();

/** Keeps line breaks and removes all other control characters. */
export const prose = (text: string) => capped(text).replace(TURNS, "").replace(CONTROLS, "").trim();

const ELLIPSIS = "…";

/** Up to `max` characters, counted as code points. */
export function shortened(text: string, max: number) {
  const characters = Array.from(text);
  return characters.length <= max
    ? text
    : characters
        .slice(0, max - 1)
        .join("")
        .trimEnd() + ELLIPSIS;
}

const NAME_MAX_CHARACTERS = 60;

/** A name that is safe to show to others (`shownName`), or else the given word. */
export function nameOr(name: string | null, otherwise: string): string {
  const shown = shownName(oneLine(name ?? ""));
  return shown === null ? otherwise : shortened(shown, NAME_MAX_CHARACTERS);
}

const [WORDS_MAX, WORDS_MAX_CHARACTERS] = [3, 40];
const NOT_IN_NAMES = /[^\p{L}\p{M}\p{Zs}.'’-].*$/su;

/**
 * The name of a person on whose behalf we email a stranger: a few words that make no claim, unlike "Your account: …".
 */
export function writerOr(name: string | null, otherwise: string): string {
  const plain = nameOr(name, "").replace(NOT_IN_NAMES, "").trim();
  return shortened(plain.split(/\s+/).slice(0, WORDS_MAX).join(" "), WORDS_MAX_CHARACTERS) || otherwise;
}

/** The URL if it is http or https, otherwise null. */
export const webUrl = (url: string | null): string | null => (url && /^https?:\/\/[^\s"'<>]+$/i.test(url) ? url : null);

const ESCAPES: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };

export const escaped = (text: string) => text.replace(/[&<>"']/g, (char) => ESCAPES[char] ?? char);
