/** Words in braces, one pair or two, that a letter puts values in for; what the letter has no value for stays as it is written. */
export type Values = Record<string, string>;

const PLACE = /\{\{\s*([a-z_]+)\s*\}\}|\{\s*([a-z_]+)\s*\}/g;

/** Characters that would turn the reading direction of what stands around them. */
const TURNS = /[\u202a-\u202e\u2066-\u2069]/g;
const BREAKS = /[\p{Cc}\u2028\u2029]+/gu;
const CONTROLS = /[^\P{Cc}\n]+/gu;

/** One pass, so that a value that holds braces itself is not read again. */
export const fillPlaces = (text: string, values: Values, write: (value: string, name: string) => string) =>
  text.replace(PLACE, (whole, double?: string, single?: string) => {
    const name = double ?? single ?? "";
    const value = Object.hasOwn(values, name) ? values[name] : undefined;
    return value === undefined ? whole : write(value, name);
  });

const LIKE_A_PLACE = /\{\{?\s*([\p{L}\d_. -]{1,40}?)\s*\}?\}/gu;

/** What its writer may have taken for a place, and no value is put in for: it is sent as it is written. */
export const strangePlaces = (text: string, names: readonly string[]) => [
  ...new Set([...text.matchAll(LIKE_A_PLACE)].flatMap(([whole, name = ""]) => (names.includes(name) ? [] : [whole]))),
];

/** The name of the place that a text is and nothing else. */
export function onlyPlace(text: string, values: Values): string | null {
  const name = text.match(/^(?:\{\{\s*([a-z_]+)\s*\}\}|\{\s*([a-z_]+)\s*\})$/);
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

/** On one line: a line break in a subject would start a header. */
export const oneLine = (text: string) => text.toWellFormed().replace(TURNS, "").replace(BREAKS, " ").trim();

/** With its lines, and nothing else that is not to be read. */
export const prose = (text: string) => text.toWellFormed().replace(TURNS, "").replace(CONTROLS, "").trim();

const ELLIPSIS = "…";

/** At most so many characters, whole ones. */
export function shortened(text: string, max: number) {
  const characters = Array.from(text);
  return characters.length <= max
    ? text
    : characters
        .slice(0, max - 1)
        .join("")
        .trimEnd() + ELLIPSIS;
}

const LOOKS_LIKE_A_LINK = /:\/\/|www\.|[\p{L}\d]\.(\p{Ll}{2,}|\p{Lu}{2,})(?!\p{L})/u;
const NAME_MAX_CHARACTERS = 60;

/** A person's own name as others may read it: nobody gets to send a link in our name by calling himself one. */
export function nameOr(name: string | null, otherwise: string): string {
  const line = oneLine(name ?? "");
  return line === "" || LOOKS_LIKE_A_LINK.test(line) ? otherwise : shortened(line, NAME_MAX_CHARACTERS);
}

/** The address if it is one of the web. */
export const webUrl = (url: string | null): string | null => (url && /^https?:\/\/[^\s"'<>]+$/i.test(url) ? url : null);

const ESCAPES: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };

export const escaped = (text: string) => text.replace(/[&<>"']/g, (char) => ESCAPES[char] ?? char);
