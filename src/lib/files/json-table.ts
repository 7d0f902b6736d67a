import { invalid } from "../errors";
import type { Row } from "./table";

type Entry = Record<string, unknown>;

/** How deeply APIs nest a list: `{"data": {"participants": […]}}`. */
const DEPTH = 3;
const ENTRIES_MAX = 400_000;
const COLUMNS_MAX = 500;

/**
 * The rows of a JSON list of objects, or of JSON lines, below a header row of their names. A row's line is its place in
 * the list; the header has none. Null if the text is not such a list.
 * @throws 400 above 400,000 objects or 500 names
 */
export function jsonTable(text: string): Row[] | null {
  if (!/^\s*[[{]/.test(text)) return null;
  const entries = listIn(parsed(text), DEPTH) ?? linesIn(text);
  if (!entries) return null;
  if (entries.length > ENTRIES_MAX) throw invalid("", "The file has more than 400,000 entries. Split it.");
  const names = new Set<string>();
  for (const entry of entries) for (const name of Object.keys(entry)) names.add(name);
  if (names.size > COLUMNS_MAX) throw invalid("", `The entries have more than ${COLUMNS_MAX} different names.`);
  const header = [...names];
  return [
    { line: 0, cells: header },
    ...entries.map((entry, i) => ({ line: i + 1, cells: header.map((name) => cellOf(entry[name])) })),
  ];
}

const isEntry = (value: unknown): value is Entry =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const areEntries = (list: unknown[]): list is Entry[] => list.length > 0 && list.every(isEntry);

/** The list itself or the first list inside an object. */
function listIn(json: unknown, depth: number): Entry[] | null {
  if (Array.isArray(json)) return areEntries(json) ? json : null;
  if (!isEntry(json) || depth === 0) return null;
  for (const value of Object.values(json)) {
    const list = listIn(value, depth - 1);
    if (list) return list;
  }
  return null;
}

/** One object on each line. */
function linesIn(text: string): Entry[] | null {
  const lines = text.split(/[\r\n]+/).filter((line) => line.trim() !== "");
  if (!parsed(lines[0] ?? "")) return null;
  const entries = lines.map(parsed);
  return areEntries(entries) ? entries : null;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

const cellOf = (value: unknown) =>
  value === null || value === undefined ? "" : typeof value === "object" ? JSON.stringify(value) : String(value);
