import type { Env } from "../../lib/env";
import { AppError } from "../../lib/errors";
import type { Shape } from "./raster";
import { outlined } from "./shape";

/** For each character its advance and its outline, in thousandths of the font's size (scripts/share-font.ts). */
export type Font = Record<string, [advance: number, path: string]>;

const PATH = "/share-font.json";
const UNITS = 1000;
/** Large letters stand closer together than the font's own advances, which are for running text. */
const TRACKING = -0.022;

let loaded: Promise<Font> | undefined;

/** A static asset and no part of the bundle: isolates that draw nothing never read it. */
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

/** Whether every letter and digit of the text has an outline; signs and pictures without one may be left out. */
export const canWrite = (font: Font, text: string) =>
  [...text].every((char) => Object.hasOwn(font, char) || NOT_DRAWN.test(char));

/** What the font can draw of a text. */
export const drawable = (font: Font, text: string) =>
  [...text.normalize("NFC").replace(/\s+/g, " ")]
    .filter((char) => Object.hasOwn(font, char))
    .join("")
    .replace(/ {2,}/g, " ")
    .trim();

const advanceOf = (font: Font, char: string) => (font[char]?.[0] ?? 0) / UNITS + TRACKING;

export const widthOf = (font: Font, text: string, size: number) =>
  [...text].reduce((width, char) => width + advanceOf(font, char) * size, 0);

/** A line of text, its first letter beginning at `left` and standing on `baseline`. */
export function written(font: Font, text: string, size: number, left: number, baseline: number): Shape {
  let at = left;
  return [...text].flatMap((char) => {
    const shape = outlined(font[char]?.[1] ?? "", size / UNITS, at, baseline);
    at += advanceOf(font, char) * size;
    return shape;
  });
}
