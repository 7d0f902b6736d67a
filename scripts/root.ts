import { join } from "node:path";

/** The repository's folder, so scripts work from any working directory. */
export const root = join(import.meta.dirname, "..");
