/** A row, and its first line in the file. */
export type CsvRow = { line: number; cells: string[] };

/** The rows of a CSV file, with commas, semicolons, or tabs; quotes may hold separators, lines, and doubled quotes. */
export function rowsOf(text: string): CsvRow[] {
  const clean = text.replace(/^\uFEFF/, "");
  const head = clean.split(/\r?\n/, 1)[0] ?? "";
  const separator = [",", ";", "\t"].reduce((best, each) => (count(head, each) > count(head, best) ? each : best));
  const rows: CsvRow[] = [];
  let [line, start] = [1, 1];
  let row: string[] = [];
  let cell = "";
  let isQuoted = false;
  const endRow = () => {
    row.push(cell);
    if (row.some((each) => each.trim() !== "")) rows.push({ line: start, cells: row.map((each) => each.trim()) });
    row = [];
    cell = "";
    start = line;
  };
  for (let i = 0; i < clean.length; i++) {
    const letter = clean[i];
    if (letter === "\n") line++;
    if (isQuoted) {
      if (letter !== '"') cell += letter;
      else if (clean[i + 1] === '"') cell += clean[++i];
      else isQuoted = false;
    } else if (letter === '"' && cell.trim() === "") {
      isQuoted = true;
      cell = "";
    } else if (letter === separator) {
      row.push(cell);
      cell = "";
    } else if (letter === "\n") endRow();
    else if (letter !== "\r") cell += letter;
  }
  endRow();
  return rows;
}

const count = (text: string, part: string) => text.split(part).length;
