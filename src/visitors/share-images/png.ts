import { crc32, deflateSync } from "node:zlib";
import type { Sheet } from "./picture";
import type { Canvas } from "./raster";

export const SIGNATURE = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
const BITS = 8;
const [IN_COLOR, INDEXED] = [2, 3];
/** Large areas of one color compress well at any level, and higher levels take three times as long. */
const LEVEL = 3;

/** The canvas as a PNG whose pixels are indexes into the palette of [red, green, blue]. */
export const png = ({ width, height, pixels }: Canvas, palette: number[][]) =>
  fileOf({ width, height, type: INDEXED, rowBytes: width }, pixels, [chunk("PLTE", new Uint8Array(palette.flat()))]);

/** A sheet as a PNG, with pixels of any color. */
export const colorPng = ({ width, height, colors }: Sheet) =>
  fileOf({ width, height, type: IN_COLOR, rowBytes: width * 3 }, colors);

type Header = { width: number; height: number; type: number; rowBytes: number };

function fileOf(
  { width, height, type, rowBytes }: Header,
  pixels: Uint8Array,
  further: Uint8Array[] = [],
): Uint8Array<ArrayBuffer> {
  const header = new Uint8Array(13);
  const view = new DataView(header.buffer);
  view.setUint32(0, width);
  view.setUint32(4, height);
  header.set([BITS, type], 8);
  // Each row starts with its filter's number; 0 means none.
  const rows = new Uint8Array((rowBytes + 1) * height);
  for (let y = 0; y < height; y++) rows.set(pixels.subarray(y * rowBytes, (y + 1) * rowBytes), y * (rowBytes + 1) + 1);
  const parts = [
    new Uint8Array(SIGNATURE),
    chunk("IHDR", header),
    ...further,
    chunk("IDAT", deflateSync(rows, { level: LEVEL })),
    chunk("IEND", new Uint8Array()),
  ];
  const file = new Uint8Array(parts.reduce((size, part) => size + part.length, 0));
  parts.reduce((at, part) => {
    file.set(part, at);
    return at + part.length;
  }, 0);
  return file;
}

function chunk(type: string, data: Uint8Array) {
  const bytes = new Uint8Array(data.length + 12);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, data.length);
  bytes.set(new TextEncoder().encode(type), 4);
  bytes.set(data, 8);
  view.setUint32(data.length + 8, crc32(bytes.subarray(4, data.length + 8)));
  return bytes;
}
