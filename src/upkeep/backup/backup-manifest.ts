/** A stored value. No column contains bytes. */
export type Value = string | number | null;

/** A backup file: rows of one table as gzipped NDJSON. `sha256` is the hash of the gzipped bytes. */
export type Part = { key: string; table: string; rows: number; bytes: number; sha256: string };

/** A backup in progress: its parts so far, and where to continue. `after` is null at the start of a table. */
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

/** The file in a backup's folder besides its parts. Written last: a folder without it is incomplete. */
export type Manifest = Finished &
  Pick<Progress, "rounds" | "migrations" | "sequences" | "parts"> & { version: 1; tables: Record<string, number> };
