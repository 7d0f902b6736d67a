// What `zod` exports in the bundle: the same names, without `locales` and the compiler of schemas.
import * as z from "./classic.js";

export * from "./classic.js";
export { z };
