import Papa from "papaparse";

type Cell = string | number | null;

/** Cells that a spreadsheet would run as a formula get an apostrophe in front. */
const FORMULA = /^[=+\-@\t\r\n]/;
const MARK = "\uFEFF";

const lines = (rows: Cell[][]) => `${Papa.unparse(rows, { escapeFormulae: FORMULA })}\r\n`;

/** A CSV download that streams its rows slice by slice. The byte order mark in front tells Excel that it is UTF-8. */
export function csvFile(name: string, head: string[], slices: AsyncIterable<Cell[][]>) {
  async function* texts() {
    yield MARK + lines([head]);
    for await (const rows of slices) if (rows.length > 0) yield lines(rows);
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
  return new Response(file, {
    headers: {
      "Content-Type": "text/csv; charset=utf-8",
      "Content-Disposition": `attachment; filename="${name}.csv"`,
      "Cache-Control": "private, no-store",
    },
  });
}
