import { env } from "cloudflare:workers";
import { expect, it, vi } from "vitest";
import { openDb } from "../../src/lib/db";
import { asDatabaseSize, noteSize, storedSize } from "../../src/upkeep/database-size";
import { stopClock } from "../support/clock";
import { faultyDb } from "../support/outside";

const [MINUTE, GB] = [60_000, 1_000_000_000];

/** A database of this size, as D1 reports it with each answer. */
const sized = (bytes: number) =>
  faultyDb(async (_, run) =>
    (await run()).map((result) => ({ ...result, meta: { ...result.meta, size_after: bytes } })),
  );

const note = (bytes: number) => noteSize({ db: openDb(sized(bytes), "first-primary"), env, now: () => new Date() });

async function noted() {
  const db = openDb(env.DB, "first-primary");
  const [rows] = await db.batch([storedSize(db)]);
  return asDatabaseSize(rows);
}

it("the database's size is recorded from D1's answers, once in ten minutes", async () => {
  stopClock();
  expect(await noted()).toBeNull();
  await note(2 * GB);
  expect(await noted()).toEqual({ bytes: 2 * GB, percent: 20, warning: null, noted_at: new Date() });
  vi.setSystemTime(Date.now() + 9 * MINUTE);
  await note(3 * GB);
  expect(await noted()).toMatchObject({ bytes: 2 * GB });
  vi.setSystemTime(Date.now() + MINUTE);
  await note(3 * GB);
  expect(await noted()).toMatchObject({ bytes: 3 * GB, noted_at: new Date() });
});

it.each([
  [0, null],
  [6.99, null],
  [7, 70],
  [8.49, 70],
  [8.5, 85],
  [9.49, 85],
  [9.5, 95],
  [10, 95],
])("at %d GB the operator is warned of %s percent", (gigabytes, warning) => {
  expect(asDatabaseSize([{ bytes: gigabytes * GB, noted_at: new Date() }])).toMatchObject({ warning });
});
