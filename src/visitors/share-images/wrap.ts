import { phrasesOf } from "../../lib/phrases";
import { widthOf } from "./line";
import type { Font } from "./outlines";

type Fit = { size: number; lines: string[] };

/**
 * The text at the largest size where it fits that size's number of lines. If none fits, the text is cut off at the last
 * size.
 */
export function fitted(font: Font, text: string, width: number, sizes: [size: number, lines: number][]): Fit {
  const tried = sizes.map(([size, most]) => ({ size, most, lines: wrapped(font, text, size, width) }));
  const fits = tried.find(({ lines, most }) => lines.length <= most);
  const last = tried.at(-1);
  if (fits || !last) return fits ?? { size: 0, lines: [] };
  const kept = last.lines.slice(0, last.most);
  return { size: last.size, lines: [...kept.slice(0, -1), shortened(font, `${kept.at(-1)} ${"…"}`, last.size, width)] };
}

/** The text on one line, cut off if it is too long. */
export function shortened(font: Font, text: string, size: number, width: number): string {
  if (widthOf(font, text, size) <= width) return text;
  const letters = [...text];
  while (letters.length > 1 && widthOf(font, `${letters.join("")}…`, size) > width) letters.pop();
  return `${letters.join("").trimEnd()}…`;
}

function wrapped(font: Font, text: string, size: number, width: number): string[] {
  const lines: string[] = [];
  for (const { space, piece } of piecesOf(text))
    for (const [i, part] of broken(font, piece, size, width).entries()) {
      const line = lines.at(-1);
      const longer = `${line}${i === 0 ? space : ""}${part}`;
      if (line !== undefined && widthOf(font, longer, size) <= width) lines[lines.length - 1] = longer;
      else lines.push(part);
    }
  return lines;
}

/** The parts of a text between which a line may break, each with the space before it. */
const piecesOf = (text: string) =>
  text.split(" ").flatMap((word) => phrasesOf(word).map((piece, i) => ({ space: i === 0 ? " " : "", piece })));

/** Splits a word that is wider than a line. */
function broken(font: Font, word: string, size: number, width: number): string[] {
  if (widthOf(font, word, size) <= width) return [word];
  const parts = [""];
  for (const char of word) {
    const part = parts.at(-1) ?? "";
    if (part === "" || widthOf(font, part + char, size) <= width) parts[parts.length - 1] = part + char;
    else parts.push(char);
  }
  return parts;
}
