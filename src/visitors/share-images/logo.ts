import { imageBytes } from "../../campaigns/images/image";
import { ImageParam } from "../../campaigns/images/image-schema";
import { contrast, inkOn } from "../../lib/color";
import type { Ctx } from "../../lib/ctx";
import { AppError } from "../../lib/errors";
import { averageOf, lay, type Picture, type Sheet, scaled } from "./picture";
import { readPng } from "./png-reader";
import { fill, newCanvas, RAMP_STEPS } from "./raster";
import { rounded } from "./shape";

/**
 * The key of a logo that we can draw: a PNG uploaded here. Empty for others. The dashboard converts each logo to a
 * small PNG before uploading it. We do not fetch images from other websites.
 */
export function logoKey(url: string | null): string {
  const key = url && URL.canParse(url) ? /^\/images\/([^/]+\.png)$/.exec(new URL(url).pathname)?.[1] : undefined;
  return key !== undefined && ImageParam.safeParse({ key }).success ? key : "";
}

/** The logo's pixels. Null if there is none, or if it was deleted, suspended, or cannot be read. */
export async function logoOf(ctx: Ctx, key: string): Promise<Picture | null> {
  if (key === "") return null;
  try {
    return readPng(await imageBytes(ctx, key));
  } catch (error) {
    if (error instanceof AppError && error.code === "not_found") return null;
    throw error;
  }
}

const MOST = { width: 280, height: 68 };
/** Small logos are not enlarged further, because they would blur. */
const SCALE_MAX = 2;
const PLATE = 10;
const CORNER = 12;
/** With less contrast than this, a logo needs a plate behind it. */
const VISIBLE = 1.6;
/** A logo that is more opaque than this has its own background. */
const OPAQUE = 0.95;

export type Logo = { picture: Picture; plate: string | null };

/** The logo at its drawn size, and the color of the plate that it needs on this background. */
export function fittedLogo(picture: Picture, background: string): Logo {
  const scale = Math.min(MOST.width / picture.width, MOST.height / picture.height, SCALE_MAX);
  const [width, height] = [picture.width, picture.height].map((side) => Math.max(1, Math.round(side * scale)));
  const small = scaled(picture, width ?? 1, height ?? 1);
  const [red, green, blue, opacity] = averageOf(small, { left: 0, right: small.width, top: 0, bottom: small.height });
  const color = `#${[red, green, blue].map((part) => Math.round(part).toString(16).padStart(2, "0")).join("")}`;
  const isLost = opacity < OPAQUE && contrast(color, background) < VISIBLE;
  return { picture: small, plate: isLost ? inkOn(color) : null };
}

/** Draws the logo with its left edge at `left` and its center at `middle`. */
export function layLogo(sheet: Sheet, { picture, plate }: Logo, left: number, middle: number) {
  const top = Math.round(middle - picture.height / 2);
  if (plate !== null) lay(sheet, plateOf(picture, plate), left - PLATE, top - PLATE);
  lay(sheet, picture, left, top);
}

function plateOf({ width, height }: Picture, color: string): Picture {
  const plate = newCanvas(width + 2 * PLATE, height + 2 * PLATE);
  fill(plate, rounded(0, 0, plate.width, plate.height, CORNER), 0);
  const parts = [1, 3, 5].map((at) => Number.parseInt(color.slice(at, at + 2), 16));
  const pixels = new Uint8Array(plate.pixels.length * 4);
  for (const [i, step] of plate.pixels.entries()) pixels.set([...parts, (step / (RAMP_STEPS - 1)) * 255], i * 4);
  return { width: plate.width, height: plate.height, pixels };
}
