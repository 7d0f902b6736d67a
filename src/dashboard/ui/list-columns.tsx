import type { Child } from "hono/jsx";
import { csvFile } from "../../lib/csv";
import { Table } from "./parts";

type Value = string | number | boolean | Date | null;

/** How a heading sorts its list: `down` has the largest or latest first, `up` the smallest or earliest first. */
export type Orders<Sort extends string> = { down: Sort; up?: Sort } | { up: Sort };

/**
 * A list's column, in the order of its CSV file. `value` is the cell in the file, if the column is in it, and `about`
 * explains it to the file's readers. `page` is the column on the page, with its position from the left. `Filed` has
 * what only the file needs.
 */
export type ListColumn<Row, Sort extends string = never, Filed = Row> = {
  name: string;
  value?: (row: Filed) => Value;
  about?: string;
  page?: { at: number; heading: string; isNumber?: true; sort?: Orders<Sort>; cell: (row: Row) => Child };
};

/** The list's current order, and its URL with another order. */
type Sorter<Sort extends string> = { now: Sort; to: (sort: Sort) => string };

type Props<Row, Sort extends string> = {
  label: string;
  columns: readonly Pick<ListColumn<Row, Sort>, "name" | "page">[];
  rows: readonly Row[];
  /** Null if the list has only one order. */
  sorter?: Sorter<Sort> | null;
  /** The checkboxes in front of the rows. */
  tick?: { all: Child; of: (row: Row) => Child } | false;
  /** Columns that this page leaves out. */
  without?: readonly string[];
};

/** A list rendered from its columns. */
export function ListTable<Row, Sort extends string>(props: Props<Row, Sort>) {
  const { label, columns, rows, sorter = null, tick = false, without = [] } = props;
  const shown = columns
    .flatMap(({ name, page }) => (page && !without.includes(name) ? [page] : []))
    .sort((a, b) => a.at - b.at);
  return (
    <Table
      label={label}
      columns={[
        ...(tick ? [tick.all] : []),
        ...shown.map(({ heading, isNumber, sort }) => ({
          ...(isNumber ? { number: heading } : { text: heading }),
          sort: sorter && sort ? headingOf(sort, sorter) : null,
        })),
      ]}
    >
      {rows.map((row) => (
        <tr>
          {tick && <td class="tick">{tick.of(row)}</td>}
          {shown.map(({ isNumber, cell }) => (
            <td class={isNumber && "number"}>{cell(row)}</td>
          ))}
        </tr>
      ))}
    </Table>
  );
}

/** Pressing a heading again reverses its order, if the list supports that. */
function headingOf<Sort extends string>(orders: Orders<Sort>, { now, to }: Sorter<Sort>) {
  const { up } = orders;
  const isDown = "down" in orders && now === orders.down;
  const next = "down" in orders && !(isDown && up !== undefined) ? orders.down : up;
  return {
    href: to(next ?? now),
    now: isDown ? ("descending" as const) : now === up ? ("ascending" as const) : undefined,
  };
}

const cellOf = (value: Value) =>
  value instanceof Date ? value.toISOString() : typeof value === "boolean" ? Number(value) : value;

type Part<Row, Cursor> = { rows: readonly Row[]; next: Cursor | null };

/**
 * A list as a CSV download. Each part is read after the previous one was sent.
 * @throws errors from reading the first part
 */
export async function listFile<Row, Cursor>(
  name: string,
  columns: readonly Pick<ListColumn<never, string, Row>, "name" | "value">[],
  read: (after: Cursor | undefined) => Promise<Part<Row, Cursor>>,
) {
  const filed = columns.flatMap(({ name, value }) => (value ? [{ name, value }] : []));
  const first = await read(undefined);
  async function* slices() {
    for (let part = first; ; part = await read(part.next)) {
      yield part.rows.map((row) => filed.map(({ value }) => cellOf(value(row))));
      if (part.next === null) return;
    }
  }
  return csvFile(
    name,
    filed.map(({ name }) => name),
    slices(),
  );
}
