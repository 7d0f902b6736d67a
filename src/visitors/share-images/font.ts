import type { Env } from "../../lib/env";
import { AppError } from "../../lib/errors";
import type { Block, Font } from "./outlines";

const LATIN = "/share-font.json";
const ARABIC = "/share-font/arabic.json";
/** Characters in Unicode blocks used for Japanese. */
const JAPANESE =
  /[\u2010-\u303f\u3040-\u30ff\u31f0-\u31ff\u3300-\u33ff\u3400-\u9fff\uf900-\ufaff\ufe30-\ufe4f\uff00-\uffef]/g;
/** A text that needs more blocks of 256 characters is not drawn. Even long texts need fewer than 30. */
const BLOCKS_MAX = 48;

/** Parts of fonts already read, oldest first. They take a few megabytes if an isolate draws every language. */
const read = new Map<string, Promise<unknown>>();

/**
 * The fonts for these texts. They are static assets outside the bundle, so isolates that draw nothing never load them.
 * Characters that no part contains are left out.
 */
export async function fontFor(env: Env, origin: string, texts: string[]): Promise<Font> {
  const text = texts.join(" ");
  const numbers = new Set((text.match(JAPANESE) ?? []).map((char) => char.charCodeAt(0) >> 8));
  const paths =
    numbers.size > BLOCKS_MAX ? [] : [...numbers].map((number) => `/share-font/${number.toString(16)}.json`);
  const [latin, arabic, ...blocks] = await Promise.all([
    part<Block>(env, origin, LATIN),
    /[\u0600-\u06ff]/.test(text) ? part<Font>(env, origin, ARABIC) : null,
    ...paths.map((path) => part<Block>(env, origin, path)),
  ]);
  const { glyphs = {}, anchors = {}, marks = {}, kerns = {} } = arabic ?? {};
  return { glyphs: Object.assign({}, ...blocks, glyphs, latin), anchors, marks, kerns };
}

const PARTS_MAX = 120;

function part<T>(env: Env, origin: string, path: string): Promise<T> {
  const known = read.get(path) as Promise<T> | undefined;
  if (known) return known;
  const wanted = fetched<T>(env, origin + path).catch((error) => {
    read.delete(path);
    throw error;
  });
  read.set(path, wanted);
  for (const oldest of read.keys()) {
    if (read.size <= PARTS_MAX) break;
    if (oldest !== LATIN) read.delete(oldest);
  }
  return wanted;
}

async function fetched<T>(env: Env, url: string): Promise<T> {
  const answer = await env.ASSETS.fetch(url);
  // No font has a character from this block.
  if (answer.status === 404 && !url.endsWith(LATIN)) return {} as T;
  if (!answer.ok) throw new AppError("overloaded", "The font cannot be read.");
  return answer.json();
}

const NOT_DRAWN = /[^\p{L}\p{M}\p{N}]/u;
const isDrawn = ({ glyphs, marks }: Font, char: string) => Object.hasOwn(glyphs, char) || Object.hasOwn(marks, char);

/** Whether every letter and digit has an outline. Symbols and emoji may be left out. */
export const canWrite = (font: Font, text: string) =>
  [...text.normalize("NFC")].every((char) => isDrawn(font, char) || NOT_DRAWN.test(char));

/** The text without characters that the font cannot draw. */
export const drawable = (font: Font, text: string) =>
  [...text.normalize("NFC").replace(/\s+/g, " ")]
    .filter((char) => isDrawn(font, char))
    .join("")
    .replace(/ {2,}/g, " ")
    .trim();
