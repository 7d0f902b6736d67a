import { inflateSync } from "node:zlib";
import type { Picture } from "./picture";
import { SIGNATURE } from "./png";

/** Larger pictures are not read, because reading takes a few bytes of memory and a few nanoseconds per pixel. */
export const PIXELS_MAX = 1024 * 1024;

/** Samples per pixel by the format's color type. */
const SAMPLES: Record<number, number> = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 };
const INDEXED = 3;
const WITH_OPACITY = new Set([4, 6]);
const DEPTHS = new Set([1, 2, 4, 8, 16]);

type Header = { width: number; height: number; depth: number; type: number; samples: number };
type File = { header: Header; palette: Uint8Array; clear: Uint8Array; packed: Uint8Array };

/**
 * A PNG's pixels. Null if it is damaged, interlaced, or larger than we read. We check the header before unpacking, and
 * unpack no more than it announces.
 */
export function readPng(bytes: Uint8Array): Picture | null {
  const file = chunksOf(bytes);
  if (!file) return null;
  const { width, height, depth, samples } = file.header;
  const rowBytes = Math.ceil((width * depth * samples) / 8);
  const size = (rowBytes + 1) * height;
  try {
    const rows = inflateSync(file.packed, { maxOutputLength: size });
    if (rows.length !== size) return null;
    const plain = unfiltered(rows, rowBytes, height, Math.max(1, (depth * samples) / 8));
    return plain && { width, height, pixels: colored(plain, rowBytes, file) };
  } catch {
    return null;
  }
}

function chunksOf(bytes: Uint8Array): File | null {
  if (bytes.length < 33 || SIGNATURE.some((byte, i) => bytes[i] !== byte)) return null;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const header = headerOf(view);
  if (!header) return null;
  let [palette, clear] = [new Uint8Array(), new Uint8Array()];
  const parts: Uint8Array[] = [];
  for (let at = SIGNATURE.length; at + 12 <= bytes.length; ) {
    const length = view.getUint32(at);
    if (at + 12 + length > bytes.length) return null;
    const name = String.fromCharCode(...bytes.subarray(at + 4, at + 8));
    const data = bytes.slice(at + 8, at + 8 + length);
    if (name === "PLTE") palette = data;
    if (name === "tRNS") clear = data;
    if (name === "IDAT") parts.push(data);
    at += 12 + length;
  }
  const packed = new Uint8Array(parts.reduce((size, part) => size + part.length, 0));
  parts.reduce((at, part) => {
    packed.set(part, at);
    return at + part.length;
  }, 0);
  return { header, palette, clear, packed };
}

function headerOf(view: DataView): Header | null {
  const [width, height] = [view.getUint32(16), view.getUint32(20)];
  const [depth, type, isInterlaced] = [view.getUint8(24), view.getUint8(25), view.getUint8(28) !== 0];
  const samples = SAMPLES[type];
  const isRead = samples !== undefined && DEPTHS.has(depth) && !isInterlaced;
  if (!isRead || width === 0 || height === 0 || width * height > PIXELS_MAX) return null;
  return { width, height, depth, type, samples };
}

/**
 * The rows without their filters, which encode each byte relative to its neighbors. Null if a filter does not exist.
 */
function unfiltered(rows: Uint8Array, rowBytes: number, height: number, step: number): Uint8Array | null {
  const plain = new Uint8Array(rowBytes * height);
  for (let y = 0; y < height; y++) {
    const filter = rows[y * (rowBytes + 1)] ?? 0;
    if (filter > 4) return null;
    for (let x = 0; x < rowBytes; x++) {
      const at = y * rowBytes + x;
      const left = x < step ? 0 : (plain[at - step] ?? 0);
      const above = y === 0 ? 0 : (plain[at - rowBytes] ?? 0);
      const corner = x < step || y === 0 ? 0 : (plain[at - rowBytes - step] ?? 0);
      const byte = rows[y * (rowBytes + 1) + 1 + x] ?? 0;
      plain[at] = byte + expected(filter, left, above, corner);
    }
  }
  return plain;
}

function expected(filter: number, left: number, above: number, corner: number) {
  if (filter === 1) return left;
  if (filter === 2) return above;
  if (filter === 3) return (left + above) >> 1;
  return filter === 4 ? nearest(left, above, corner) : 0;
}

/** The neighbor closest to left + above - corner ("Paeth"). */
function nearest(left: number, above: number, corner: number) {
  const [toLeft, toAbove, toCorner] = [
    Math.abs(above - corner),
    Math.abs(left - corner),
    Math.abs(left + above - 2 * corner),
  ];
  if (toLeft <= toAbove && toLeft <= toCorner) return left;
  return toAbove <= toCorner ? above : corner;
}

function colored(plain: Uint8Array, rowBytes: number, { header, palette, clear }: File): Uint8Array {
  const { width, height, depth, type, samples } = header;
  const pixels = new Uint8Array(width * height * 4);
  const most = depth === 16 ? 255 : 2 ** depth - 1;
  /** A sample's own number, or its upper byte. */
  const sample = (y: number, n: number) => {
    const bit = n * depth;
    const byte = plain[y * rowBytes + (bit >> 3)] ?? 0;
    return depth >= 8 ? byte : (byte >> (8 - depth - (bit & 7))) & most;
  };
  // A transparent color is given with two bytes per sample.
  const isClear = (parts: number[]) =>
    clear.length >= parts.length * 2 && parts.every((part, i) => part === clear[depth === 16 ? i * 2 : i * 2 + 1]);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const parts = Array.from({ length: samples }, (_, i) => sample(y, x * samples + i));
      const [first = 0] = parts;
      const to = (y * width + x) * 4;
      if (type === INDEXED) {
        pixels.set(palette.subarray(first * 3, first * 3 + 3), to);
        pixels[to + 3] = clear[first] ?? 255;
        continue;
      }
      const opacity = WITH_OPACITY.has(type) ? parts.pop() : undefined;
      const scale = 255 / most;
      const color = parts.length === 1 ? [first, first, first] : parts;
      pixels.set(
        [...color, opacity ?? (isClear(parts) ? 0 : most)].map((part) => part * scale),
        to,
      );
    }
  return pixels;
}
