import { z } from "zod";
import { IMAGE_KEY } from "../../lib/image-key";

/** The accepted image types, by the extension that we store them with. */
export const imageTypes = { png: "image/png", jpg: "image/jpeg", webp: "image/webp", gif: "image/gif" } as const;
export type ImageKind = keyof typeof imageTypes;

export const IMAGE_MAX_BYTES = 2 * 1024 * 1024;
/** In pixels. Limited because browsers decode the full image before scaling it. */
export const IMAGE_MAX_SIDE = 8000;
export const IMAGES_MAX = 200;
export const IMAGES_MAX_BYTES = 100 * 1024 * 1024;

export const ImageParam = z.object({ key: z.string().regex(IMAGE_KEY) });
