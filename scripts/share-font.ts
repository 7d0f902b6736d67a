import { readFileSync } from "node:fs";
import { join } from "node:path";
import opentype from "opentype.js";
import { root } from "./root.ts";

/** Inter's files, by the parts of Unicode that they hold. What several hold is taken from the first. */
const PARTS = ["latin", "latin-ext", "cyrillic", "greek", "vietnamese"];
const WEIGHT = 700;
const UNITS = 1000;

/**
 * The font of share images as JSON: for each character its advance and its outline, as a path of M, L, Q, C and Z in thousandths of the
 * font's size. Outlines are read at build time: the Worker needs no font library for them.
 */
export function shareFont(): string {
  const glyphs: Record<string, [advance: number, path: string]> = {};
  for (const part of PARTS) {
    const file = readFileSync(join(root, `node_modules/@fontsource/inter/files/inter-${part}-${WEIGHT}-normal.woff`));
    const font = opentype.parse(file.buffer.slice(file.byteOffset, file.byteOffset + file.byteLength));
    for (let i = 0; i < font.glyphs.length; i++) {
      const glyph = font.glyphs.get(i);
      for (const code of glyph.unicodes) {
        const advance = Math.round(((glyph.advanceWidth ?? 0) / font.unitsPerEm) * UNITS);
        glyphs[String.fromCodePoint(code)] ??= [advance, glyph.getPath(0, 0, UNITS).toPathData(0)];
      }
    }
  }
  return JSON.stringify(glyphs);
}
