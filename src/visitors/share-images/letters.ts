import type { Font } from "./outlines";

type Mark = { path: string; x: number; y: number };
/** The outline for one character, and the marks on it. Numbers are in thousandths of the font size. */
export type Letter = { at: number; advance: number; path: string; marks: Mark[] };

/** Used in names of letter forms: see `Font`. */
const JOINER = "\u200d";
/** Large letters are set more tightly than the font's own advances, which are meant for body text. */
const TRACKING = -22;
/**
 * Scripts that are set with the font's own advances: Arabic letters would overlap, and Japanese characters are meant to
 * be this far apart.
 */
const UNTRACKED = /[\u0600-\u06ff\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef]/;

/**
 * A text's letters in reading order, each in the form that its neighbors require. Arabic letters join their neighbors
 * (Unicode, chapter 9.2), and a lam and an alef become one sign.
 */
export function lettersOf(font: Font, text: string): Letter[] {
  const has = (name: string) => Object.hasOwn(font.glyphs, name);
  const parts = partsOf(font, text);
  const isJoined = (i: number) => {
    const [before, part] = [parts[i - 1], parts[i]];
    return before !== undefined && part !== undefined && has(before.char + JOINER) && has(JOINER + part.char);
  };
  let last = "";
  return parts.map(({ at, char, marks }, i) => {
    const before = parts[i - 1]?.char ?? "";
    const joined = (isJoined(i) ? JOINER : "") + char;
    const pair = joined + (parts[i + 1]?.char ?? "");
    const names = [
      ...(has(char + JOINER) && pair !== joined ? [pair] : []),
      ...(last.endsWith(before + char) ? [last + JOINER] : []),
      joined + (isJoined(i + 1) ? JOINER : ""),
      char,
    ];
    const name = names.find(has) ?? char;
    const alone = ` ${char}`;
    const shown = name === char && !/\p{L}/u.test(before) && has(alone) ? alone : name;
    const [width = 0, path = ""] = font.glyphs[shown] ?? [];
    const tracking = width === 0 || UNTRACKED.test(char) ? 0 : TRACKING;
    const kern = Object.hasOwn(font.kerns, last + shown) ? (font.kerns[last + shown] ?? 0) : 0;
    last = shown;
    return { at, advance: width + tracking + kern, path, marks: marksOn(font, shown, marks) };
  });
}

/** Characters with the marks that follow them. A mark without a character is left out. */
function partsOf(font: Font, text: string) {
  const parts: { at: number; char: string; marks: string }[] = [];
  let at = 0;
  for (const char of text) {
    const part = parts.at(-1);
    if (!Object.hasOwn(font.marks, char)) parts.push({ at, char, marks: "" });
    else if (part) part.marks += char;
    at += char.length;
  }
  return parts;
}

/** Two marks on top of each other are drawn as one. */
function marksOn(font: Font, name: string, marks: string): Mark[] {
  const anchors = Object.hasOwn(font.anchors, name) ? font.anchors[name] : undefined;
  if (marks === "" || !anchors) return [];
  return (Object.hasOwn(font.marks, marks) ? [marks] : [...marks]).flatMap((mark) => {
    const [path, place] = font.marks[mark] ?? [];
    if (path === undefined) return [];
    const [x, y] = place === "below" ? [anchors[2], anchors[3]] : [anchors[0], anchors[1]];
    return [{ path, x, y }];
  });
}
