import { sha256Hex } from "../../lib/crypto";
import type { Ctx } from "../../lib/ctx";
import { isWordmark } from "../../lib/image-key";
import { canWrite, drawable, fontFor } from "./font";
import { type Direction, directionIn, widthOf, written } from "./line";
import { fittedLogo, type Logo, layLogo } from "./logo";
import type { Font } from "./outlines";
import type { Picture } from "./picture";
import { colorPng, png } from "./png";
import { type Canvas, fill, newCanvas, RAMP_STEPS } from "./raster";
import { centered, circle, rounded, stroke } from "./shape";
import { fitted, shortened } from "./wrap";

/** A share image's content. Colors are #rrggbb. `ink` must be readable on `background`, and `on_accent` on `accent`. */
export type ShareImage = {
  /** The line about the inviter, in an inviter's link. Otherwise empty. */
  by: string;
  title: string;
  /** The brand's name. If the font cannot write it, the domain replaces it. */
  name: string;
  domain: string;
  /** The key of the brand's logo among our images. Empty if there is none that we can draw. */
  logo: string;
  action: string;
  /** The direction of the texts' language. */
  direction: Direction;
  background: string;
  ink: string;
  accent: string;
  on_accent: string;
};

export const WIDTH = 1200;
export const HEIGHT = 630;

const MARGIN = 84;
const TITLE_WIDTH = 730;

type Setting = { sizes: [size: number, lines: number][]; leading: number; middle: number };
/** How a script's titles are set: sizes with their number of lines, the line distance, and the middle of a line. */
const LATIN: Setting = {
  sizes: [
    [84, 3],
    [72, 3],
    [62, 4],
    [52, 5],
  ],
  leading: 1.12,
  middle: 0.36,
};
const ARABIC: Setting = {
  sizes: [
    [80, 2],
    [66, 3],
    [50, 4],
    [44, 4],
  ],
  leading: 1.34,
  middle: 0.24,
};
const JAPANESE: Setting = {
  sizes: [
    [76, 3],
    [66, 3],
    [56, 4],
    [48, 4],
  ],
  leading: 1.28,
  middle: 0.37,
};
const settingOf = (title: string) =>
  /\p{Script=Arab}/u.test(title) ? ARABIC : /[\u3040-\u30ff\u3400-\u9fff]/.test(title) ? JAPANESE : LATIN;

const TITLE_MIDDLE = 318;
/** How far the title moves down to make room for the line about the inviter. */
const BELOW_INVITER = 12;

/** The palette's ramps. Each goes from its background to its ink. */
const [INK, MUTED, ACCENT, ON_ACCENT] = [0, 1, 2, 3];

/** Increase it when the drawing changes, because copies are cached forever. */
const FORMAT = 6;

/** A hash of the content. The image for a version never changes. */
export const versionOf = async (image: ShareImage) =>
  (await sha256Hex(JSON.stringify([FORMAT, ...Object.values(image)]))).slice(0, 16);

/** What is needed to draw every part. A right-to-left image mirrors a left-to-right one. */
type Drawing = { canvas: Canvas; font: Font; direction: Direction };

/**
 * Draws the image as a PNG. If the fonts lack letters of the title, the brand's name replaces it, or its domain, which
 * they can always draw. A line about the inviter that they cannot draw is left out, and the domain replaces a button.
 */
export async function drawShareImage(
  ctx: Pick<Ctx, "env" | "origin">,
  image: ShareImage,
  picture: Picture | null = null,
) {
  const font = await fontFor(ctx.env, ctx.origin, [image.title, image.name, image.by, image.action]);
  const canvas = newCanvas(WIDTH, HEIGHT);
  const name = drawable(font, canWrite(font, image.name) ? image.name : image.domain);
  const own = drawable(font, image.title);
  const title = own !== "" && canWrite(font, image.title) ? own : name;
  const direction = image.direction === "rtl" || directionIn(title) === "rtl" ? "rtl" : "ltr";
  const drawing = { canvas, font, direction } as const;
  drawFriends(drawing);
  const logo = picture && fittedLogo(picture, image.background);
  drawBrand(drawing, name, title === name || isNamed(picture) ? "" : name, logo);
  const by = canWrite(font, image.by) ? drawable(font, image.by) : "";
  drawInviter(drawing, by);
  drawTitle(drawing, title, by === "" ? 0 : BELOW_INVITER);
  if (canWrite(font, image.action)) drawAction(drawing, drawable(font, image.action));
  else drawLine(drawing, shortened(font, image.domain, 30, TITLE_WIDTH), 30, MARGIN, { baseline: 541, ramp: MUTED });
  const palette = paletteOf(image);
  return logo ? withLogo(drawing, palette, logo) : png(canvas, palette);
}

/** Whether the logo already shows the brand's name. */
const isNamed = (picture: Picture | null) => picture !== null && isWordmark(picture);

/** The left edge of something `width` wide that starts `from` the image's edge. */
const leftOf = (direction: Direction, from: number, width: number) =>
  direction === "ltr" ? from : WIDTH - from - width;

/** A logo has its own colors, more than a palette can hold. */
function withLogo({ canvas: { width, height, pixels }, direction }: Drawing, palette: number[][], logo: Logo) {
  const colors = new Uint8Array(pixels.length * 3);
  for (const [i, pixel] of pixels.entries()) colors.set(palette[pixel] ?? [], i * 3);
  const sheet = { width, height, colors };
  layLogo(sheet, logo, leftOf(direction, MARGIN, logo.picture.width), BRAND_MIDDLE);
  return colorPng(sheet);
}

/** A line of text that starts `from` the image's edge. */
function drawLine({ canvas, font, direction }: Drawing, text: string, size: number, from: number, line: Line) {
  const left = leftOf(direction, from, widthOf(font, text, size));
  fill(canvas, written(font, text, size, left, line.baseline, line.direction ?? directionIn(text)), line.ramp);
}
type Line = {
  baseline: number;
  ramp: number;
  /** Defaults to the text's own direction. */
  direction?: Direction;
};

const BRAND_MIDDLE = 104;
const MARK_WIDTH = 52;

/** The brand's logo or initial, and its name, unless the title or the logo already shows it. */
function drawBrand(drawing: Drawing, brand: string, beside: string, logo: Logo | null) {
  const { canvas, font, direction } = drawing;
  const width = logo?.picture.width ?? MARK_WIDTH;
  drawLine(drawing, shortened(font, beside, 32, TITLE_WIDTH - width), 32, MARGIN + width + 18, {
    baseline: 115,
    ramp: MUTED,
  });
  if (logo) return;
  const middle = leftOf(direction, MARGIN, MARK_WIDTH) + MARK_WIDTH / 2;
  fill(canvas, circle(middle, BRAND_MIDDLE, MARK_WIDTH / 2), ACCENT);
  const initial = written(font, [...brand].slice(0, 1).join("").toUpperCase(), 28, 0, 0, direction);
  fill(canvas, centered(initial, middle, BRAND_MIDDLE), ON_ACCENT);
}

/** Longer lines are set smaller before they are cut off. */
const INVITER_SIZES: Setting["sizes"] = [
  [30, 1],
  [26, 1],
  [22, 1],
];

function drawInviter(drawing: Drawing, by: string) {
  const { direction, font } = drawing;
  const { size, lines } = fitted(font, by, TITLE_WIDTH, INVITER_SIZES);
  // A name in the other direction may come first.
  drawLine(drawing, lines[0] ?? "", size, MARGIN, { baseline: 174, ramp: INK, direction });
}

function drawTitle(drawing: Drawing, title: string, lower: number) {
  const { sizes, leading, middle } = settingOf(title);
  const { size, lines } = fitted(drawing.font, title, TITLE_WIDTH, sizes);
  const first = TITLE_MIDDLE + lower - ((lines.length - 1) * size * leading) / 2 + size * middle;
  for (const [i, line] of lines.entries())
    drawLine(drawing, line, size, MARGIN, {
      baseline: first + i * size * leading,
      ramp: INK,
      direction: directionIn(title),
    });
}

function drawAction(drawing: Drawing, action: string) {
  if (action === "") return;
  const { canvas, font, direction } = drawing;
  const text = shortened(font, action, 30, TITLE_WIDTH - 88);
  const width = widthOf(font, text, 30) + 88;
  fill(canvas, rounded(leftOf(direction, MARGIN, width), 494, width, 72, 36), ACCENT);
  drawLine(drawing, text, 30, MARGIN + 44, { baseline: 541, ramp: ON_ACCENT });
}

type Dot = [x: number, y: number, radius: number];
const ME: Dot = [930, 330, 62];
const FRIENDS: Dot[] = [
  [1100, 176, 92],
  [1128, 452, 118],
  [1002, 596, 40],
];

function drawFriends({ canvas, direction }: Drawing) {
  const across = (x: number) => leftOf(direction, x, 0);
  for (const [x, y] of FRIENDS) fill(canvas, stroke([across(ME[0]), ME[1]], [across(x), y], 9), ACCENT);
  for (const [x, y, radius] of [ME, ...FRIENDS]) fill(canvas, circle(across(x), y, radius), ACCENT);
}

function paletteOf({ background, ink, accent, on_accent }: ShareImage) {
  const ground = rgb(background);
  const muted = mixed(ground, rgb(ink), 0.78);
  const ramps = [
    [ground, rgb(ink)],
    [ground, muted],
    [ground, rgb(accent)],
    [rgb(accent), rgb(on_accent)],
  ] as const;
  return ramps.flatMap(([from, to]) =>
    Array.from({ length: RAMP_STEPS }, (_, i) => mixed(from, to, i / (RAMP_STEPS - 1))),
  );
}

const rgb = (color: string) => [1, 3, 5].map((at) => Number.parseInt(color.slice(at, at + 2), 16));
const mixed = (from: number[], to: number[], share: number) =>
  from.map((value, i) => Math.round(value + ((to[i] ?? 0) - value) * share));
