/** A column that references a row of another table. */
type Tie = { column: string; table: string };
export type Table = { name: string; key: string[]; columns: string[]; ties: Tie[] };

/** The part of a D1 database that this module uses. */
type Database = { prepare: (sql: string) => { all: <T>() => Promise<{ results: T[] }> } };

/** Large tables have no foreign key to their campaign, webhook, or account. */
const OWNERS: Record<string, string> = { campaign_id: "campaigns", webhook_id: "webhooks", member_id: "members" };
/** Tables whose rows outlive the rows they reference. */
const OUTLIVES = new Set(["purges"]);

/** Triggers compare the numbers of events with the last participant, and give old events none until the log has its days. */
const AFTER: Record<string, string> = { events: "participants", event_days: "events" };

const OURS =
  "t.type = 'table' AND t.name NOT GLOB 'sqlite_*' AND t.name NOT GLOB '_cf_*' AND t.name <> 'd1_migrations'";

/** The tables of a database, each after the tables that it references. */
export async function tablesOf(db: Database): Promise<Table[]> {
  const { results: columns } = await db
    .prepare(`SELECT t.name AS "table", c.name, c.pk FROM sqlite_master t, pragma_table_info(t.name) c
      WHERE ${OURS} ORDER BY t.name, c.cid`)
    .all<{ table: string; name: string; pk: number }>();
  const { results: foreign } = await db
    .prepare(`SELECT t.name AS "table", f."from" AS "column", f."table" AS "to" FROM sqlite_master t, pragma_foreign_key_list(t.name) f
      WHERE ${OURS}`)
    .all<{ table: string; column: string; to: string }>();
  const tables = [...Map.groupBy(columns, ({ table }) => table)].map(([name, own]): Table => {
    const names = own.map((column) => column.name);
    const declared = foreign.filter(({ table }) => table === name).map(({ column, to }) => ({ column, table: to }));
    const owners = Object.entries(OWNERS).map(([column, table]) => ({ column, table }));
    const ties = [...declared, ...(OUTLIVES.has(name) ? [] : owners)];
    const key = own.filter(({ pk }) => pk > 0).sort((a, b) => a.pk - b.pk);
    return {
      name,
      key: key.map((column) => column.name),
      columns: names,
      ties: ties.filter(({ column, table }) => names.includes(column) && table !== name),
    };
  });
  return inOrder(tables);
}

function inOrder(tables: Table[]): Table[] {
  const sorted: Table[] = [];
  let left = tables;
  while (left.length > 0) {
    const names = new Set(left.map(({ name }) => name));
    const ready = left.filter(
      ({ name, ties }) => !names.has(AFTER[name] ?? "") && !ties.some(({ table }) => names.has(table)),
    );
    if (ready.length === 0) throw new Error(`The tables ${[...names]} reference one another in a circle.`);
    sorted.push(...ready);
    left = left.filter((table) => !ready.includes(table));
  }
  return sorted;
}
