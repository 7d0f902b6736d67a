import { consented, emit, register } from "./loader-api";
import { dress, el, place } from "./loader-dom";
import { frameOf } from "./loader-frame";
import { frameCss } from "./loader-styles";

/** The loader's parts for the modules that it imports, so that a page has only one of each. */
export const parts = { consented, emit, register, dress, el, place, frameOf, frameCss };
export type Parts = typeof parts;
