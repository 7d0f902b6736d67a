import { csvLines, csvText } from "../../lib/csv";

const cellOf = (value: unknown): string | number | null => {
  if (value === null || value === undefined) return null;
  if (value instanceof Date) return value.toISOString();
  return typeof value === "number" || typeof value === "string" ? value : JSON.stringify(value);
};

/** Rows as CSV. The first row names the columns; objects in cells are JSON. */
async function* csv(slices: AsyncIterable<object[]>) {
  let columns: string[] | undefined;
  for await (const rows of slices) {
    const [first] = rows;
    if (!first) continue;
    if (!columns) {
      columns = Object.keys(first);
      yield csvText([columns]);
    }
    const names = columns;
    yield csvLines(rows.map((row) => names.map((name) => cellOf(row[name as keyof typeof row]))));
  }
}

/** One JSON object per line, so an interrupted file can be read up to that point. */
async function* jsonl(slices: AsyncIterable<object[]>) {
  for await (const rows of slices) yield rows.map((row) => `${JSON.stringify(row)}\n`).join("");
}

const formats = {
  csv: { write: csv, type: "text/csv; charset=utf-8" },
  jsonl: { write: jsonl, type: "application/jsonl; charset=utf-8" },
};

/** A download that is generated while it streams. */
export function fileOf(name: string, format: keyof typeof formats, slices: AsyncIterable<object[]>): Response {
  const { write, type } = formats[format];
  const texts = write(slices);
  const encoder = new TextEncoder();
  const body = new ReadableStream<Uint8Array>({
    pull: async (to) => {
      const { done, value } = await texts.next();
      if (done) to.close();
      else to.enqueue(encoder.encode(value));
    },
    cancel: async () => {
      await texts.return(undefined);
    },
  });
  return new Response(body, {
    headers: {
      "Content-Type": type,
      "Content-Disposition": `attachment; filename="${name}.${format}"`,
      "Cache-Control": "private, no-store",
    },
  });
}
