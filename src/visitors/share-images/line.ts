import bidiFactory from "bidi-js";
import { type Letter, lettersOf } from "./letters";
import type { Font } from "./outlines";
import type { Shape } from "./raster";
import { outlined } from "./shape";

export type Direction = "ltr" | "rtl";

const UNITS = 1000;

/** Right-to-left letters. Only texts with them need the bidirectional algorithm. */
const RIGHT_TO_LEFT = /[\p{Script=Arab}\p{Script=Hebr}]/u;

let made: ReturnType<typeof bidiFactory> | undefined;
const bidi = () => {
  made ??= bidiFactory();
  return made;
};

/** A text's direction, from its first letter that has one (Unicode Standard Annex 9, rule P2). */
export const directionIn = (text: string): Direction =>
  bidi().getEmbeddingLevels(text).paragraphs[0]?.level === 1 ? "rtl" : "ltr";

export const widthOf = (font: Font, text: string, size: number) =>
  lettersOf(font, text).reduce((width, { advance }) => width + (advance * size) / UNITS, 0);

/** A line of text on `baseline`, starting at `left`. */
export function written(font: Font, text: string, size: number, left: number, baseline: number, direction: Direction) {
  const scale = size / UNITS;
  let at = left;
  return lettersFromLeft(font, text, direction).flatMap(({ advance, path, marks }): Shape => {
    const start = at;
    at += advance * scale;
    return [
      ...outlined(path, scale, start, baseline),
      ...marks.flatMap((mark) => outlined(mark.path, scale, start + mark.x * scale, baseline + mark.y * scale)),
    ];
  });
}

/** A line's letters from left to right. */
export function lettersFromLeft(font: Font, text: string, direction: Direction): Letter[] {
  if (direction === "ltr" && !RIGHT_TO_LEFT.test(text)) return lettersOf(font, text);
  const levels = bidi().getEmbeddingLevels(text, direction);
  const mirrored = bidi().getMirroredCharactersMap(text, levels.levels);
  const shown = [...Array(text.length).keys()].map((i) => mirrored.get(i) ?? text.charAt(i)).join("");
  const letters = new Map(lettersOf(font, shown).map((letter) => [letter.at, letter]));
  return bidi()
    .getReorderedIndices(text, levels)
    .flatMap((i) => letters.get(i) ?? []);
}
