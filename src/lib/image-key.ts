/**
 * An uploaded image's key: a random name, its width and height in pixels, and its type. Keys of earlier releases have no
 * size.
 */
export const IMAGE_KEY = /^[\w-]{22}(?:\.(\d{1,4})x(\d{1,4}))?\.(?:png|jpg|webp|gif)$/;
const PATH = "/images/";

/** The match of `IMAGE_KEY` in the path of an uploaded image, or null for all other paths. */
export const imageAt = (path: string) => (path.startsWith(PATH) ? IMAGE_KEY.exec(path.slice(PATH.length)) : null);

/** A logo this many times as wide as high is a word: the brand's name, which is not repeated beside it. */
const WORDMARK_RATIO = 2.5;

export const isWordmark = ({ width, height }: { width: number; height: number }) => width >= WORDMARK_RATIO * height;

/** Whether the image at this URL is a wordmark. False if its size is unknown, as it is on other websites. */
export function isWordmarkAt(url: string | null): boolean {
  const [, width, height] = imageAt(URL.parse(url ?? "")?.pathname ?? "") ?? [];
  return width !== undefined && isWordmark({ width: Number(width), height: Number(height) });
}
