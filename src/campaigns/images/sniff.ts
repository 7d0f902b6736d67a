import { GIF } from "image-size/types/gif";
import { JPG } from "image-size/types/jpg";
import { PNG } from "image-size/types/png";
import { WEBP } from "image-size/types/webp";
import type { ImageKind } from "./image-schema";

const readers = { png: PNG, jpg: JPG, webp: WEBP, gif: GIF };

export type Sniffed = { kind: ImageKind; width: number; height: number };

/** What the readers look at. They take bytes that are not there for zeros. */
const HEADER_BYTES = 30;

/** What the first bytes say that an image is. Null for whatever is none of the kinds that are taken, whatever it is called. */
export function sniff(bytes: Uint8Array): Sniffed | null {
  if (bytes.length < HEADER_BYTES) return null;
  for (const [kind, reader] of Object.entries(readers) as [ImageKind, typeof PNG][]) {
    try {
      if (!reader.validate(bytes)) continue;
      const { width, height } = reader.calculate(bytes);
      return width > 0 && height > 0 ? { kind, width, height } : null;
    } catch {
      // A header that breaks off, or contradicts itself.
      return null;
    }
  }
  return null;
}
