import { join } from "node:path";

/** The repository's folder, so that scripts work from any working directory. */
export const root = join(import.meta.dirname, "..");
