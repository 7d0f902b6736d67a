import { emit, register } from "./loader-api";
import { dress, el, place } from "./loader-dom";
import { frameOf } from "./loader-frame";
import { frameCss } from "./loader-styles";

/** What the loader lends the launcher: there is one of each on a page. */
export const parts = { emit, register, dress, el, place, frameOf, frameCss };
export type Parts = typeof parts;
