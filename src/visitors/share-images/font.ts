import type { Env } from "../../lib/env";
import { AppError } from "../../lib/errors";
import type { Shape } from "./raster";
import { outlined } from "./shape";

/** Each character's advance and outline, in thousandths of the font size (scripts/share-font.ts). */
export type Font = Record<string, [advance: number, path: string]>;

const PATH = "/share-font.json";
const UNITS = 1000;
/** Large letters are set closer than the font's own advances, which are meant for body text. */
const TRACKING = -0.022;

let loaded: Promise<Font> | undefined;

/** A static asset outside of the bundle, so that isolates that draw nothing never load it. */
export function loadFont(env: Env, origin: string): Promise<Font> {
  loaded ??= read(env, origin).catch((error) => {
    loaded = undefined;
    throw error;
  });
  return loaded;
}

async function read(env: Env, origin: string): Promise<Font> {
  const answer = await env.ASSETS.fetch(`${origin}${PATH}`);
  if (!answer.ok) throw new AppError("overloaded", "The font cannot be read.");
  return answer.json();
}

const NOT_DRAWN = /[^\p{L}\p{M}\p{N}]/u;

/** Whether each letter and digit has an outline. Symbols and emoji may be left out. */
export const canWrite = (font: Font, text: string) =>
  [...text].every((char) => Object.hasOwn(font, char) || NOT_DRAWN.test(char));

/** The text without what the font cannot draw. */
export const drawable = (font: Font, text: string) =>
  [...text.normalize("NFC").replace(/\s+/g, " ")]
    .filter((char) => Object.hasOwn(font, char))
    .join("")
    .replace(/ {2,}/g, " ")
    .trim();

const advanceOf = (font: Font, char: string) => (font[char]?.[0] ?? 0) / UNITS + TRACKING;

export const widthOf = (font: Font, text: string, size: number) =>
  [...text].reduce((width, char) => width + advanceOf(font, char) * size, 0);

/** A line of text that starts at `left` on `baseline`. */
export function written(font: Font, text: string, size: number, left: number, baseline: number): Shape {
  let at = left;
  return [...text].flatMap((char) => {
    const shape = outlined(font[char]?.[1] ?? "", size / UNITS, at, baseline);
    at += advanceOf(font, char) * size;
    return shape;
  });
}
