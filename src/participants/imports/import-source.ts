import { invalid } from "../../lib/errors";
import { codesOfCsv } from "../coupons/code-file";
import type { SentCode } from "../coupons/code-list";
import { columnNames, type ImportFile, importFile } from "./import-file";
import { IMPORT_ROWS_MAX, type NewImport } from "./import-job-schema";
import type { Role } from "./import-roles";

type Source = Pick<NewImport, "csv" | "rows" | "mapping">;

/** @throws 400 unless exactly one of them is sent */
function demandOne({ csv, rows }: Source) {
  if ((csv === undefined) === (rows === undefined)) throw invalid("csv", "must be sent, or `rows`, but not both");
}

/** The participants in a request, and the role of each column. @throws 400 */
export function participantsIn(source: Source): ImportFile {
  demandOne(source);
  const { csv, rows, mapping } = source;
  if (rows?.some((row) => typeof row !== "object")) throw invalid("rows", "must be objects");
  const text = csv ?? JSON.stringify(rows);
  const file = importFile(text, mapping ? { roles: rolesBy(mapping, columnNames(text)) } : {});
  if (file.rows.length > IMPORT_ROWS_MAX)
    throw invalid(csv === undefined ? "rows" : "csv", `must be at most ${IMPORT_ROWS_MAX} rows; send several imports`);
  return file;
}

function rolesBy(mapping: Record<string, Role | null>, names: string[]): (Role | null)[] {
  const unknown = Object.keys(mapping).find((name) => !names.includes(name));
  if (unknown !== undefined) throw invalid("mapping", `has a column that does not exist: ${unknown.slice(0, 100)}`);
  return names.map((name) => mapping[name] ?? null);
}

/** The codes in a request with their lines, and how many the list marks as used. @throws 400 */
export function codesIn(source: Source): { codes: (SentCode & { line: number })[]; used: number } {
  demandOne(source);
  if (source.mapping) throw invalid("mapping", "is only for participants");
  const { csv, rows = [] } = source;
  if (csv === undefined && rows.every((row) => typeof row !== "object"))
    return { codes: rows.map((value, n) => ({ value, line: n + 1 })), used: 0 };
  const { lines, used } = codesOfCsv(csv ?? JSON.stringify(rows));
  return { codes: lines, used: used.length };
}
