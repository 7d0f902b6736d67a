/** Makes a campaign's colors readable by WCAG 2 contrast. All colors in and out are `#rrggbb`. */

/** Minimum contrast ratios of WCAG 2: for text, and for lines and symbols. */
export const TEXT = 4.5;
export const SYMBOL = 3;

const HEX = /^#[0-9a-f]{6}$/i;
const STEPS = 20;

/** The color if it is valid, otherwise the fallback. Stored values are checked here before they reach a style sheet. */
export const colorOr = (color: string, otherwise: string) => (HEX.test(color) ? color.toLowerCase() : otherwise);

const channels = (color: string) => [1, 3, 5].map((at) => Number.parseInt(color.slice(at, at + 2), 16));

function luminance(color: string) {
  const [red = 0, green = 0, blue = 0] = channels(color).map((value) => {
    const share = value / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

export function contrast(a: string, b: string) {
  const [dark = 0, light = 0] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (light + 0.05) / (dark + 0.05);
}

/** `share` of `a` over `b`, from 0 to 1. */
export function mix(a: string, b: string, share: number) {
  const under = channels(b);
  const mixed = channels(a).map((value, i) => Math.round(value * share + (under[i] ?? 0) * (1 - share)));
  return `#${mixed.map((value) => value.toString(16).padStart(2, "0")).join("")}`;
}

/** Black or white, whichever has the higher contrast. At least one of them always passes for text. */
export const inkOn = (background: string) =>
  contrast("#ffffff", background) >= contrast("#000000", background) ? "#ffffff" : "#000000";

/** The color, moved toward black or white only as far as needed to reach the contrast `least` on each background. */
export function standingOut(color: string, least: number, ...backgrounds: [string, ...string[]]) {
  const ink = inkOn(backgrounds[0]);
  for (let step = 0; step < STEPS; step++) {
    const tried = mix(ink, color, step / STEPS);
    if (backgrounds.every((background) => contrast(tried, background) >= least)) return tried;
  }
  return ink;
}

/** The color if it is readable as text on the background, else the alternative if that is, else black or white. */
export const readable = (color: string, background: string, otherwise: string) =>
  [color, otherwise].find((tried) => contrast(tried, background) >= TEXT) ?? inkOn(background);
