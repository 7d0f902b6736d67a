import { sha256Hex } from "../../lib/crypto";
import type { Ctx } from "../../lib/ctx";
import { canWrite, drawable, type Font, loadFont, widthOf, written } from "./font";
import { fittedLogo, type Logo, layLogo } from "./logo";
import type { Picture } from "./picture";
import { colorPng, png } from "./png";
import { type Canvas, fill, newCanvas, RAMP_STEPS } from "./raster";
import { circle, rounded, stroke } from "./shape";
import { fitted, shortened } from "./wrap";

/**
 * The content of a share image. Colors are #rrggbb; `ink` must be readable on `background`, and `on_accent` on
 * `accent`.
 */
export type ShareImage = {
  /** Who invites, for an image in an inviter's link. Empty for others. */
  by: string;
  title: string;
  /** The brand's name. If the font cannot write it, the domain replaces it. */
  name: string;
  domain: string;
  /** The key of the brand's logo among our images. Empty without one that can be drawn. */
  logo: string;
  action: string;
  background: string;
  ink: string;
  accent: string;
  on_accent: string;
};

export const WIDTH = 1200;
export const HEIGHT = 630;

const MARGIN = 84;
const TITLE_WIDTH = 730;
const TITLE_SIZES: [number, number][] = [
  [84, 3],
  [72, 3],
  [62, 4],
  [52, 5],
];
const LEADING = 1.12;
const TITLE_MIDDLE = 318;
/** How far the title moves down below the line about the inviter. */
const BELOW_INVITER = 12;

/** Ramps of the palette. Each goes from its background to its ink. */
const [INK, MUTED, ACCENT, ON_ACCENT] = [0, 1, 2, 3];

/** Raise it when the drawing changes, because copies are cached forever. */
const FORMAT = 4;

/** A hash of the content. The image under a version never changes. */
export const versionOf = async (image: ShareImage) =>
  (await sha256Hex(JSON.stringify([FORMAT, ...Object.values(image)]))).slice(0, 16);

/**
 * Draws the image as a PNG. If the font lacks letters of the title, the brand's name replaces it, or its domain, which the font
 * can always write; a line about the inviter that it cannot write is left out.
 */
export async function drawShareImage(
  ctx: Pick<Ctx, "env" | "origin">,
  image: ShareImage,
  picture: Picture | null = null,
) {
  const font = await loadFont(ctx.env, ctx.origin);
  const canvas = newCanvas(WIDTH, HEIGHT);
  const title = drawable(font, image.title);
  const isWritten = title !== "" && canWrite(font, image.title.normalize("NFC"));
  drawFriends(canvas);
  const name = canWrite(font, image.name) ? image.name : image.domain;
  const logo = picture && fittedLogo(picture, image.background);
  drawBrand(canvas, font, name, logo);
  const by = canWrite(font, image.by.normalize("NFC")) ? drawable(font, image.by) : "";
  drawInviter(canvas, font, by);
  drawTitle(canvas, font, isWritten ? title : drawable(font, name), by === "" ? 0 : BELOW_INVITER);
  if (canWrite(font, image.action)) drawAction(canvas, font, drawable(font, image.action));
  const palette = paletteOf(image);
  return logo ? withLogo(canvas, palette, logo) : png(canvas, palette);
}

/** A logo has its own colors, more than a palette has room for. */
function withLogo({ width, height, pixels }: Canvas, palette: number[][], logo: Logo) {
  const colors = new Uint8Array(pixels.length * 3);
  for (const [i, pixel] of pixels.entries()) colors.set(palette[pixel] ?? [], i * 3);
  const sheet = { width, height, colors };
  layLogo(sheet, logo, MARGIN, BRAND_MIDDLE);
  return colorPng(sheet);
}

const BRAND_MIDDLE = 104;
const MARK_WIDTH = 52;

function drawBrand(canvas: Canvas, font: Font, brand: string, logo: Logo | null) {
  const width = logo?.picture.width ?? MARK_WIDTH;
  const name = shortened(font, drawable(font, brand), 32, TITLE_WIDTH - width);
  fill(canvas, written(font, name, 32, MARGIN + width + 18, 115), MUTED);
  if (logo) return;
  const initial = name.slice(0, 1).toUpperCase();
  fill(canvas, circle(MARGIN + 26, BRAND_MIDDLE, 26), ACCENT);
  fill(canvas, written(font, initial, 28, MARGIN + 26 - widthOf(font, initial, 28) / 2, 114), ON_ACCENT);
}

function drawInviter(canvas: Canvas, font: Font, by: string) {
  fill(canvas, written(font, shortened(font, by, 30, TITLE_WIDTH), 30, MARGIN, 174), INK);
}

function drawTitle(canvas: Canvas, font: Font, title: string, lower: number) {
  const { size, lines } = fitted(font, title, TITLE_WIDTH, TITLE_SIZES);
  const first = TITLE_MIDDLE + lower - ((lines.length - 1) * size * LEADING) / 2 + size * 0.36;
  for (const [i, line] of lines.entries())
    fill(canvas, written(font, line, size, MARGIN, first + i * size * LEADING), INK);
}

function drawAction(canvas: Canvas, font: Font, action: string) {
  if (action === "") return;
  const text = shortened(font, action, 30, TITLE_WIDTH - 88);
  fill(canvas, rounded(MARGIN, 494, widthOf(font, text, 30) + 88, 72, 36), ACCENT);
  fill(canvas, written(font, text, 30, MARGIN + 44, 541), ON_ACCENT);
}

type Dot = [x: number, y: number, radius: number];
const ME: Dot = [930, 330, 62];
const FRIENDS: Dot[] = [
  [1100, 176, 92],
  [1128, 452, 118],
  [1002, 596, 40],
];

function drawFriends(canvas: Canvas) {
  for (const [x, y] of FRIENDS) fill(canvas, stroke([ME[0], ME[1]], [x, y], 9), ACCENT);
  for (const [x, y, radius] of [ME, ...FRIENDS]) fill(canvas, circle(x, y, radius), ACCENT);
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
