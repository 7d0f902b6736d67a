import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { inflateSync } from "node:zlib";
import * as hb from "harfbuzzjs";
import type { Anchors, Block, Font, Outline } from "../src/visitors/share-images/outlines.ts";

const WEIGHT = 700;
const UNITS = 1000;

/** The Unicode subsets of Inter to include. For a character in several, the first one counts. */
const PARTS = ["latin", "latin-ext", "cyrillic", "greek", "vietnamese"];
const INTER = PARTS.map((part) => `inter/files/inter-${part}`);
const ARABIC = "noto-sans-arabic/files/noto-sans-arabic-arabic";
const JAPANESE = "biz-udpgothic/files/biz-udpgothic-japanese";

/** Zero-width joiner: the adjacent letter takes its joining form. */
const JOINER = "\u200d";
/** Alef, which does not join the next letter. */
const APART = "\u062f";
/** Tatweel, which stretches a word. */
const STRETCH = "\u0640";
const LAM = "\u0644";
const ALEFS = ["\u0622", "\u0623", "\u0625", "\u0627", "\u0671"];
/** A mark above a letter, one below, and one that carries other marks. */
const [ABOVE, BELOW, DOUBLED] = ["\u064e", "\u0650", "\u0651"];
/** The letter on which marks are measured. */
const MARKED = "\u0628";
/** Characters without width: joiners, direction marks, and isolates. */
const UNSEEN = ["\u200c", "\u200d", "\u200e", "\u200f", "\u061c", "\u2066", "\u2067", "\u2068", "\u2069"];

/**
 * The fonts of share images, as JSON by path: advances and outlines in thousandths of the font size. HarfBuzz shapes every
 * form of a letter here, at build time, so the Worker needs no font library.
 */
export function shareFonts(): Record<string, string> {
  const latin: Block = {};
  for (const name of INTER) for (const [char, outline] of outlinesOf(opened(name))) latin[char] ??= outline;
  for (const char of UNSEEN) latin[char] = [0, ""];
  const arabic = arabicFont(opened(ARABIC), latin);
  const files: Record<string, string> = {
    "share-font.json": JSON.stringify(latin),
    "share-font/arabic.json": JSON.stringify(arabic),
  };
  const blocks = new Map<number, Block>();
  for (const [char, outline] of outlinesOf(opened(JAPANESE))) {
    if (Object.hasOwn(latin, char) || Object.hasOwn(arabic.glyphs, char)) continue;
    const number = (char.codePointAt(0) ?? 0) >> 8;
    const block = blocks.get(number) ?? {};
    blocks.set(number, block);
    block[char] = outline;
  }
  for (const [number, block] of blocks) files[`share-font/${number.toString(16)}.json`] = JSON.stringify(block);
  return files;
}

type Opened = { face: hb.Face; font: hb.Font };
/** A glyph's position, and the pen's position before and after it. */
type Placed = { glyph: number; cluster: number; pen: number; x: number; y: number; advance: number };

const known = new Map<string, Opened>();
function opened(name: string): Opened {
  const made = known.get(name) ?? open(name);
  known.set(name, made);
  return made;
}

function open(name: string): Opened {
  const file = createRequire(import.meta.url).resolve(`@fontsource/${name}-${WEIGHT}-normal.woff`);
  const face = new hb.Face(new hb.Blob(unpacked(readFileSync(file))));
  const font = new hb.Font(face);
  font.setScale(UNITS, UNITS);
  return { face, font };
}

/** Unpacks a WOFF file. Source: https://www.w3.org/TR/WOFF/ */
function unpacked(woff: Buffer): ArrayBuffer {
  const count = woff.readUInt16BE(12);
  const head = Buffer.alloc(12 + 16 * count);
  woff.copy(head, 0, 4, 8);
  head.writeUInt16BE(count, 4);
  const parts: Uint8Array[] = [head];
  let end = head.length;
  for (let i = 0; i < count; i++) {
    const entry = 44 + 20 * i;
    const [offset, packed, length] = [4, 8, 12].map((field) => woff.readUInt32BE(entry + field)) as [
      number,
      number,
      number,
    ];
    const bytes = woff.subarray(offset, offset + packed);
    woff.copy(head, 12 + 16 * i, entry, entry + 4);
    woff.copy(head, 16 + 16 * i, entry + 16, entry + 20);
    head.writeUInt32BE(end, 20 + 16 * i);
    head.writeUInt32BE(length, 24 + 16 * i);
    const padding = Buffer.alloc((4 - (length % 4)) % 4);
    parts.push(packed < length ? inflateSync(bytes) : bytes, padding);
    end += length + padding.length;
  }
  return new Uint8Array(Buffer.concat(parts)).buffer;
}

const charsOf = ({ face }: Opened) => [...face.collectUnicodes()].map((code) => String.fromCodePoint(code));

/** Each character alone. */
const outlinesOf = (opened: Opened) =>
  charsOf(opened).map((char): [string, Outline] => [char, outline(opened.font, shaped(opened.font, char))]);

/** The glyphs of a text from left to right, with their positions. */
function shaped(font: hb.Font, text: string): Placed[] {
  const buffer = new hb.Buffer();
  buffer.addText(text);
  buffer.guessSegmentProperties();
  hb.shape(font, buffer);
  let end = 0;
  return buffer.getGlyphInfosAndPositions().map(({ codepoint: glyph, cluster, ...moved }) => {
    const [pen, advance] = [end, moved.xAdvance ?? 0];
    end += advance;
    return { glyph, cluster, pen, x: pen + (moved.xOffset ?? 0), y: moved.yOffset ?? 0, advance };
  });
}

/** The glyphs of the character at `at`, with its marks. */
const partOf = (glyphs: Placed[], at: number) => glyphs.filter(({ cluster }) => cluster === at);

const widthOf = (glyphs: Placed[]) => glyphs.reduce((width, { advance }) => width + advance, 0);

/** The glyphs as one outline, whose origin is `left` and `top`. The y-axis points up in fonts and down in images. */
function outline(font: hb.Font, glyphs: Placed[], left = glyphs[0]?.pen ?? 0, top = 0): Outline {
  const path = glyphs.flatMap(({ glyph, x, y }) =>
    font.glyphToJson(glyph).map(({ type, values }) => {
      const numbers = values.map((value, i) => Math.round(i % 2 === 0 ? x + value - left : -y - value - top));
      return `${type}${numbers.join(" ")}`;
    }),
  );
  return [Math.round(widthOf(glyphs)), path.join("")];
}

/** The glyphs that marks after the character at `at` add to it. */
function marksOn(font: hb.Font, text: string, at: number, marks: string) {
  const plain = partOf(shaped(font, text), at).map(({ glyph }) => glyph);
  const marked = partOf(shaped(font, text.slice(0, at + 1) + marks + text.slice(at + 1)), at);
  const added = marked.filter(({ glyph }) => {
    const known = plain.indexOf(glyph);
    if (known !== -1) plain.splice(known, 1);
    return known === -1;
  });
  return { added, pen: marked[0]?.pen ?? 0 };
}

/** A text as HarfBuzz draws it in the font for Arabic. */
export function arabicOutline(text: string): Outline {
  const { font } = opened(ARABIC);
  return outline(font, shaped(font, text));
}

/** Arabic's letters in all forms, with the names that `Font` has for them. */
function arabicFont(opened: Opened, latin: Block): Font {
  const { font } = opened;
  const own = charsOf(opened).filter((char) => /[\u0600-\u06ff]/.test(char) && !Object.hasOwn(latin, char));
  const marks = own.filter((char) => /\p{Mn}/u.test(char));
  const letters = own.filter((char) => /\p{L}/u.test(char));
  const made: Font = { glyphs: {}, anchors: {}, marks: {}, kerns: {} };

  const formIn = (text: string, at: number) => outline(font, partOf(shaped(font, text), at));
  /** The form that a letter has in a text, and where a fatha and a kasra would be on it. */
  const addForm = (name: string, text: string, at: number) => {
    made.glyphs[name] = formIn(text, at);
    made.anchors[name] = [ABOVE, BELOW].flatMap((mark) => {
      const { added, pen } = marksOn(font, text, at, mark);
      return [Math.round((added[0]?.x ?? 0) - pen), -Math.round(added[0]?.y ?? 0)];
    }) as Anchors;
  };

  for (const char of own.filter((one) => !letters.includes(one) && !marks.includes(one)))
    made.glyphs[char] = formIn(char, 0);
  const isChanged = (char: string, text: string, at: number) => `${formIn(text, at)}` !== `${formIn(char, 0)}`;
  const dual = letters.filter((char) => isChanged(char, char + JOINER, 0));
  const joining = letters.filter((char) => isChanged(char, JOINER + char, 1));
  for (const char of letters) {
    if (isChanged(char, APART + char, 1)) addForm(` ${char}`, char, 0);
    addForm(char, APART + char, 1);
  }
  for (const char of joining) addForm(JOINER + char, JOINER + char, 1);
  for (const char of dual) {
    addForm(char + JOINER, char + JOINER, 0);
    if (joining.includes(char)) addForm(JOINER + char + JOINER, JOINER + char + JOINER, 1);
  }
  // A stretch has one form, but for the beginning of a word, and joiners would hide it.
  for (const name of [JOINER + STRETCH, JOINER + STRETCH + JOINER]) addForm(name, STRETCH, 0);
  addForm(STRETCH + JOINER, STRETCH + APART, 0);
  for (const before of ["", JOINER])
    for (const alef of ALEFS) {
      const pair = before + LAM + alef;
      addForm(pair, pair, before.length);
      addForm(pair + JOINER, pair, before.length + 1);
    }

  const doubled = marks.filter((mark) => mark !== DOUBLED).map((mark) => (DOUBLED + mark).normalize("NFC"));
  for (const name of [...marks, ...doubled]) {
    const { added, pen } = marksOn(font, MARKED, 0, name);
    const [, placed] = outline(font, added, pen);
    const numbers = (placed.match(/-?\d+/g) ?? []).map(Number);
    const heights = numbers.filter((_, i) => i % 2 === 1);
    const isBelow = heights.reduce((sum, height) => sum + height, 0) > 0;
    const [aboveX, aboveY, belowX, belowY] = made.anchors[MARKED] ?? [0, 0, 0, 0];
    const [x, y] = isBelow ? [belowX, belowY] : [aboveX, aboveY];
    made.marks[name] = [outline(font, added, pen + x, y)[1], isBelow ? "below" : "above"];
  }

  const seconds = [
    ...letters.map((char) => [char, char, ""] as const),
    ...dual.map((char) => [char + JOINER, char, APART] as const),
    ...ALEFS.map((alef) => [LAM + alef, LAM + alef, ""] as const),
  ];
  const ending = letters.filter((char) => !dual.includes(char));
  const firsts = [
    ...ending.map((char) => [char, APART, char] as const),
    ...ending.filter((char) => joining.includes(char)).map((char) => [JOINER + char, JOINER, char] as const),
  ];
  for (const [first, before, char] of firsts)
    for (const [second, text, after] of seconds) {
      const beside = partOf(shaped(font, before + char + text + after), before.length);
      const kern = Math.round(widthOf(beside)) - (made.glyphs[first]?.[0] ?? 0);
      if (kern !== 0) made.kerns[first + second] = kern;
    }
  return made;
}
