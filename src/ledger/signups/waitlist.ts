import { type Sql, statement } from "../batch/statement";

/**
 * A bucket holds 2^8 keys. Finding a position among 100,000 participants reads about 400 buckets, and the participants
 * in one bucket.
 */
const BUCKET_BITS = 8;

/** The bucket of a key, as SQL. Keys may be negative. */
export const bucketOf = (key: string) => `(${key} >> ${BUCKET_BITS})`;
/** The lowest key in the bucket of a key, as SQL. */
export const firstOfBucket = (key: string) => `((${key} >> ${BUCKET_BITS}) << ${BUCKET_BITS})`;

/** The end of an INSERT that adds differences to `waitlist_buckets`. */
export const ADDED =
  "ON CONFLICT (campaign_id, bucket) DO UPDATE SET waiting = waitlist_buckets.waiting + excluded.waiting";

/** Deletes the selected buckets if nobody waits in them. Otherwise every position would keep reading them. */
export const dropBuckets = (buckets: string): Sql =>
  statement(`DELETE FROM waitlist_buckets WHERE campaign_id = ?2 AND waiting = 0 AND bucket IN (${buckets})`);

/** The end of a subquery that SQLite must run by itself, before it looks for the rows to update. */
const APART = "LIMIT -1";

const INTO = "INSERT INTO waitlist_buckets (campaign_id, bucket, waiting)";

/** Counts participants who started waiting. `cte` defines `from`, whose rows `f` have the participants' ids. */
export const takePlaces = (cte: string, from: string, only: string): Sql =>
  statement(`WITH ${cte} ${INTO}
SELECT ?2, ${bucketOf("p.waitlist_key")} AS bucket, count(*) FROM campaigns c CROSS JOIN ${from} f CROSS JOIN participants p ON p.id = f.id
WHERE c.id = ?2 AND c.waitlist_enabled AND ${only} AND p.waitlist_key IS NOT NULL GROUP BY bucket ${ADDED}`);

/** Moves participants up for their friends. `ctes` define `moved(id, referrals)`. */
export function moveUp(ctes: string) {
  const key = "p.waitlist_key";
  const next = `${key} - m.referrals * c.waitlist_places_per_friend`;
  const waiting = (also = "") => `FROM campaigns c CROSS JOIN moved m CROSS JOIN participants p ON p.id = m.id ${also}
WHERE c.id = ?2 AND c.waitlist_enabled AND ${key} IS NOT NULL`;
  return {
    moveBuckets: statement(`WITH ${ctes} ${INTO}
SELECT ?2, ${bucketOf(`iif(s.value > 0, ${next}, ${key})`)}, s.value ${waiting("CROSS JOIN json_each('[-1, 1]') s")}
  AND ${bucketOf(key)} <> ${bucketOf(`(${next})`)} ${ADDED}`),
    dropBuckets: dropBuckets(`WITH ${ctes} SELECT ${bucketOf(key)} ${waiting()}`),
    moveUp: statement(`WITH ${ctes}
UPDATE participants SET waitlist_key = n.next FROM (SELECT p.id, ${next} AS next ${waiting()} ${APART}) n WHERE participants.id = n.id`),
  };
}

/**
 * Only active participants hold a place. A participant who becomes active gets the place for their ticket and friends,
 * unless they were already admitted. `cte` defines `changed(id, target)`. Must run before the group's newly credited
 * friends are counted.
 */
export const changePlaces = (cte: string) => ({
  leavePlaces: statement(`WITH ${cte} ${INTO}
SELECT ?2, ${bucketOf("p.waitlist_key")} AS bucket, -count(*) FROM campaigns c CROSS JOIN changed f CROSS JOIN participants p ON p.id = f.id
WHERE c.id = ?2 AND c.waitlist_enabled AND f.target <> 'active' AND p.waitlist_key IS NOT NULL GROUP BY bucket ${ADDED}`),
  dropLeft:
    dropBuckets(`WITH ${cte} SELECT ${bucketOf("p.waitlist_key")} FROM campaigns c CROSS JOIN changed f CROSS JOIN participants p ON p.id = f.id
WHERE c.id = ?2 AND c.waitlist_enabled AND f.target <> 'active' AND p.waitlist_key IS NOT NULL`),
  changePlaces: statement(`WITH ${cte}
UPDATE participants SET waitlist_key = n.next
FROM (SELECT p.id, iif(f.target = 'active', p.waitlist_ticket - p.referral_count * c.waitlist_places_per_friend, NULL) AS next
  FROM campaigns c CROSS JOIN changed f CROSS JOIN participants p ON p.id = f.id
  WHERE c.id = ?2 AND c.waitlist_enabled AND p.waitlist_ticket IS NOT NULL AND p.admitted_at IS NULL ${APART}) n WHERE participants.id = n.id`),
  enterPlaces: takePlaces(cte, "changed", "f.target = 'active'"),
});
