/** A stored value. No column holds bytes. */
export type Value = string | number | null;

/** A file of a backup: rows of one table as NDJSON, gzipped. `sha256` is that of the gzipped bytes. */
export type Part = { key: string; table: string; rows: number; bytes: number; sha256: string };

/** A backup under way: its parts so far, and where to go on. `after` is null at the beginning of a table. */
export type Progress = {
  date: string;
  started_at: string;
  rounds: number;
  table: string;
  after: Value[] | null;
  migrations: string[];
  sequences: Record<string, number>;
  parts: Part[];
};

/** A finished backup. */
export type Finished = { date: string; started_at: string; finished_at: string; rows: number; bytes: number };

/** What a backup's folder holds besides its parts. Written last: a folder without it is incomplete. */
export type Manifest = Finished &
  Pick<Progress, "rounds" | "migrations" | "sequences" | "parts"> & { version: 1; tables: Record<string, number> };
