import type { JobCtx } from "../lib/ctx";
import * as store from "./database-size-store";

/** D1's limit, which cannot be raised. Above it, every query fails, including reads. */
const DATABASE_MAX_BYTES = 10_000_000_000;
/** The percentages at which the operator is warned. */
export const SIZE_WARNINGS = [70, 85, 95] as const;
/** Milliseconds. */
const NOTED_EVERY_MS = 10 * 60_000;

export type DatabaseSize = {
  bytes: number;
  /** Of the maximum, rounded down. */
  percent: number;
  /** The highest percentage of `SIZE_WARNINGS` that was reached. */
  warning: (typeof SIZE_WARNINGS)[number] | null;
  noted_at: Date;
};

/** Records the size of the database, which is part of every D1 response, at most once in ten minutes. */
export async function noteSize({ db, now }: JobCtx): Promise<void> {
  const [[last]] = await db.batch([store.lastSize(db)]);
  const bytes = db.size();
  if (bytes === null || (last && now().getTime() - last.noted_at.getTime() < NOTED_EVERY_MS)) return;
  await db.batch([store.keepSize(db, bytes, now())]);
}

/** The query for the rows that `asDatabaseSize` reads. */
export const storedSize = store.lastSize;

/** Null before the first record. */
export function asDatabaseSize([row]: Awaited<ReturnType<typeof store.lastSize>>): DatabaseSize | null {
  if (!row) return null;
  const percent = Math.floor((row.bytes * 100) / DATABASE_MAX_BYTES);
  return { ...row, percent, warning: SIZE_WARNINGS.findLast((from) => percent >= from) ?? null };
}
