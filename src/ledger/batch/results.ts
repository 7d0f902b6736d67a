import type { Raw } from "../../lib/columns";

/** A group's results by statement name. */
export type Results = Record<string, D1Result<Raw> | undefined>;

/** The rows that a statement returned. */
export const rows = (result: Results[string]) => result?.results ?? [];

/** How many rows a statement changed, including changes by triggers. */
export const changed = (result: Results[string]) => result?.meta.changes ?? 0;
