// What `zod` exports in the bundle: the same names, without `locales`.
import * as z from "./classic.js";

export * from "./classic.js";
export { z };
