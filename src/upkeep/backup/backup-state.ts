import type { Finished, Progress } from "./backup-manifest";

export type State = { latest: Finished | null; current: Progress | null; pruned_on: string | null };

/** The progress is stored with the backups and not in the database, where a restore would undo it. */
const KEY = "state.json";

export type Kept = { state: State; etag: string | null };

export async function readState(bucket: R2Bucket): Promise<Kept> {
  const found = await bucket.get(KEY);
  if (!found) return { state: { latest: null, current: null, pruned_on: null }, etag: null };
  return { state: await found.json<State>(), etag: found.etag };
}

/** Stores the state. Null if another run changed it in the meantime. */
export async function keepState(bucket: R2Bucket, state: State, etag: string | null): Promise<Kept | null> {
  const onlyIf = etag === null ? { etagDoesNotMatch: "*" } : { etagMatches: etag };
  const kept = await bucket.put(KEY, JSON.stringify(state), { onlyIf });
  return kept && { state, etag: kept.etag };
}
