import { z } from "zod";

/** The kinds of images that are taken, by the ending of their names here. */
export const imageTypes = { png: "image/png", jpg: "image/jpeg", webp: "image/webp", gif: "image/gif" } as const;
export type ImageKind = keyof typeof imageTypes;

export const IMAGE_MAX_BYTES = 2 * 1024 * 1024;
/** Browsers unpack an image before they show it. */
export const IMAGE_MAX_SIDE = 8000;
export const IMAGES_MAX = 200;
export const IMAGES_MAX_BYTES = 100 * 1024 * 1024;

/** Where an image is: a random name, and the ending of its kind. */
export const ImageParam = z.object({ key: z.string().regex(/^[\w-]{22}\.(png|jpg|webp|gif)$/) });
