import { utcDay } from "../../lib/day";

const KEYS_PER_ROUND = 1000;
const ROUNDS = 50;

/** Deletes backups from before that day. @returns whether none are left */
export async function dropOldBackups(bucket: R2Bucket, before: Date): Promise<boolean> {
  const oldest = utcDay(before);
  const { delimitedPrefixes } = await bucket.list({ delimiter: "/" });
  const old = delimitedPrefixes.filter((prefix) => prefix < `${oldest}/`);
  for (let round = 0; round < ROUNDS; round++) {
    const [prefix] = old;
    if (prefix === undefined) return true;
    const { objects, truncated } = await bucket.list({ prefix, limit: KEYS_PER_ROUND });
    // The manifest marks a backup as complete, so it is deleted first.
    await bucket.delete(`${prefix}manifest.json`);
    if (objects.length > 0) await bucket.delete(objects.map(({ key }) => key));
    if (!truncated) old.shift();
  }
  return old.length === 0;
}
