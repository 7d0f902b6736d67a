import { GIF } from "image-size/types/gif";
import { JPG } from "image-size/types/jpg";
import { PNG } from "image-size/types/png";
import { WEBP } from "image-size/types/webp";
import type { ImageKind } from "./image-schema";

const readers = { png: PNG, jpg: JPG, webp: WEBP, gif: GIF };

type Sniffed = { kind: ImageKind; width: number; height: number };

/** The number of bytes that the readers need. They would read missing bytes as zeros. */
const HEADER_BYTES = 30;

/** An image's type and size, from its first bytes. Null if it is not an accepted type, whatever its file name. */
export function sniff(bytes: Uint8Array): Sniffed | null {
  if (bytes.length < HEADER_BYTES) return null;
  for (const [kind, reader] of Object.entries(readers) as [ImageKind, typeof PNG][]) {
    try {
      if (!reader.validate(bytes)) continue;
      const { width, height } = reader.calculate(bytes);
      return width > 0 && height > 0 ? { kind, width, height } : null;
    } catch {
      // The header is incomplete or contradicts itself.
      return null;
    }
  }
  return null;
}
