/** The latest minute recorded in the database. */
export const MARK = "coalesce((SELECT at FROM database_mark WHERE id = 1), 0)";

/**
 * Whether the database is as recent as this ledger has seen it. If it is not, it was restored to an earlier point.
 * Until the cron has skipped the IDs of the lost time, new participants would get IDs, and share links, that belonged
 * to others.
 */
export const IS_CURRENT = `${MARK} >= ?4`;
