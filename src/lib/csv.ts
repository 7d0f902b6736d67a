import Papa from "papaparse";

type Cell = string | number | null;

/**
 * Where a spreadsheet may see the start of a formula, including full-width signs. If it splits at semicolons or tabs,
 * its cells can start in the middle of ours. Existing apostrophes are matched too, so one can be removed again.
 */
const FORMULA = /(^|[;\t\r\n])(?='*[ \u00a0\u3000]*[=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20])/g;
const GUARDED = /(^|[;\t\r\n])'(?='*[ \u00a0\u3000]*[=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20])/g;

/** A negative amount, which a spreadsheet shows as a number. */
const NEGATIVE = /^-(0|[1-9]\d{0,14})(\.\d{1,4})?$/;

/** The text with an apostrophe before anything that a spreadsheet would run as a formula. */
const guarded = (text: string) => (NEGATIVE.test(text) ? text : text.replace(FORMULA, "$1'"));
/** A formula that returns text. Programs wrap numbers in it so that a spreadsheet keeps leading zeros. */
const TEXT_FORMULA = /^="([^"]*)"$/;
/** A link formula; people see its text. */
const LINK_FORMULA = /^=HYPERLINK\("[^"]*"[,;] ?"([^"]*)"\)$/i;
/** The original value of a cell that we or another program protected against formulas. */
export const unguarded = (cell: string) =>
  cell.replace(TEXT_FORMULA, "$1").replace(LINK_FORMULA, "$1").replace(GUARDED, "$1");

const MARK = "\uFEFF";

/** Rows as lines of CSV, protected against formulas. */
export const csvLines = (rows: Cell[][]) =>
  `${Papa.unparse(rows.map((row) => row.map((cell) => (typeof cell === "string" ? guarded(cell) : cell))))}\r\n`;

/** A whole CSV file. The leading byte order mark tells Excel that it is UTF-8. */
export const csvText = (rows: Cell[][]) => MARK + csvLines(rows);

/** The headers of a CSV download. */
export const csvHeaders = (name: string) => ({
  "Content-Type": "text/csv; charset=utf-8",
  "Content-Disposition": `attachment; filename="${name}.csv"`,
  "Cache-Control": "private, no-store",
});

/** A CSV download that streams its rows slice by slice. */
export function csvFile(name: string, head: string[], slices: AsyncIterable<Cell[][]>) {
  async function* texts() {
    yield MARK + csvLines([head]);
    for await (const rows of slices) if (rows.length > 0) yield csvLines(rows);
  }
  const left = texts();
  const encoder = new TextEncoder();
  const file = new ReadableStream<Uint8Array>({
    pull: async (controller) => {
      const { done, value } = await left.next();
      if (done) controller.close();
      else controller.enqueue(encoder.encode(value));
    },
    cancel: async () => {
      await left.return();
    },
  });
  return new Response(file, { headers: csvHeaders(name) });
}
