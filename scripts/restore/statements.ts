import type { Manifest } from "../../src/upkeep/backup/backup-manifest.ts";
import { repairs } from "./repair.ts";
import { type Row, rowsOf, type Source } from "./source.ts";
import { insertsOf } from "./sql.ts";
import type { Table } from "./tables.ts";

/**
 * The statements that load a backup into an empty database with these tables, part by part. Rows that name a row which the
 * backup lacks, because it was created or deleted while the backup ran, are left out and counted in `leftOut`.
 */
export async function* statementsOf(
  source: Source,
  manifest: Manifest,
  tables: Table[],
  leftOut: Map<string, number>,
): AsyncGenerator<string[]> {
  const unknown = Object.entries(manifest.tables).filter(
    ([name, rows]) => rows > 0 && !tables.some((table) => table.name === name),
  );
  if (unknown.length > 0)
    throw new Error(`The backup is from a newer release: this one has no table ${unknown.map(([name]) => name)}.`);
  const named = new Set(tables.flatMap(({ ties }) => ties.map(({ table }) => table)));
  const known = new Map<string, Set<Row[string]>>();
  // The migrations fill these tables.
  yield ["DELETE FROM event_days;", "DELETE FROM plans;"];
  for (const { name, key, columns, ties } of tables) {
    const ids = new Set<Row[string]>();
    const isWhole = (row: Row) =>
      ties.every(({ column, table }) => !row[column] || known.get(table)?.has(row[column] ?? null));
    for await (const rows of rowsOf(source, manifest, name)) {
      const whole = rows.filter(isWhole);
      leftOut.set(name, (leftOut.get(name) ?? 0) + rows.length - whole.length);
      if (named.has(name)) for (const row of whole) ids.add(row[key[0] ?? ""] ?? null);
      yield insertsOf(
        name,
        key,
        whole.map((row) =>
          Object.fromEntries(columns.flatMap((column) => (column in row ? [[column, row[column] ?? null]] : []))),
        ),
      );
    }
    known.set(name, ids);
  }
  // A backup from before events had numbers: their log begins now.
  yield [
    "INSERT INTO event_days (day, participant_id) SELECT '', (SELECT coalesce(max(id), 0) FROM participants) WHERE NOT EXISTS (SELECT 1 FROM event_days);",
  ];
  if (manifest.rounds > 1) yield repairs;
  yield Object.entries(manifest.sequences)
    .filter(([name]) => tables.some((table) => table.name === name))
    .flatMap(([name, seq]) => sequenceOf(name, seq));
}

/** IDs of deleted rows are not reused. */
const sequenceOf = (name: string, seq: number) => [
  `INSERT INTO sqlite_sequence (name, seq) SELECT '${name}', 0 WHERE NOT EXISTS (SELECT 1 FROM sqlite_sequence WHERE name = '${name}');`,
  `UPDATE sqlite_sequence SET seq = max(seq, ${Number(seq)}) WHERE name = '${name}';`,
];
