import { readFileSync } from "node:fs";
import { join } from "node:path";
import opentype from "opentype.js";
import { root } from "./root.ts";

/** The Unicode subsets of Inter to include. For a character in several, the first one counts. */
const PARTS = ["latin", "latin-ext", "cyrillic", "greek", "vietnamese"];
const WEIGHT = 700;
const UNITS = 1000;

/**
 * The font of share images as JSON: each character's advance and outline, as a path of M, L, Q, C and Z in thousandths
 * of the font size. Outlines are extracted at build time, so that the Worker needs no font library.
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
