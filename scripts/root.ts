import { join } from "node:path";

/** The repository's folder; scripts work from wherever they are called. */
export const root = join(import.meta.dirname, "..");
