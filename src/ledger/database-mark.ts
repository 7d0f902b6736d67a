/** The last minute that the database saw. */
export const MARK = "coalesce((SELECT at FROM database_mark WHERE id = 1), 0)";

/**
 * Whether the database is not behind what this ledger saw of it. If it is, it was restored to an earlier point, and until
 * the cron has skipped the IDs of the lost time, newcomers would get them, and with them other people's share links.
 */
export const IS_CURRENT = `${MARK} >= ?4`;
