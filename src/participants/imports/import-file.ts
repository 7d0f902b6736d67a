import { csvText, unguarded } from "../../lib/csv";
import { invalid } from "../../lib/errors";
import { withoutEntities } from "../../lib/files/entities";
import { columnName, underHeader } from "../../lib/files/header";
import { type Row, tableOf } from "../../lib/files/table";
import { isOurCode } from "../aliases/alias-schema";
import { codeIn, codesIn } from "./import-codes";
import { emailShare, isSeveral, type Mapping, mappingOf, type Several } from "./import-columns";
import { type DateOrder, dateIn, dateOrderOf } from "./import-dates";
import { areBoxes, leftOutOf, mayBeMuted } from "./import-left-out";
import { isImportHeader, type Role } from "./import-roles";
import { ROWS_MAX, type SentRow } from "./import-schema";
import { mailboxList, mailboxOf } from "./mailbox-list";

/** A column of the file, with its first value and its role. The role is null if the column is not imported. */
export type Column = { name: string; sample: string; role: Role | null };

/**
 * The content of a file. `isOrderOpen`: its dates are ambiguous, and nobody chose an order. `skipped` are the lines of
 * the header and the notes above it. `mended` are lines with a stray quotation mark.
 */
export type ImportFile = {
  columns: Column[];
  dates: DateOrder;
  isOrderOpen: boolean;
  rows: SentRow[];
  skipped: number[];
  mended: number[];
};

/**
 * A person's choices: the role of each column, the order of days and months, and whether to import people who must not
 * be emailed as such, instead of skipping them.
 */
export type Choice = {
  roles?: (Role | null)[] | undefined;
  dates?: DateOrder | undefined;
  mute?: boolean | undefined;
};

const CELL_MAX = 2000;

/**
 * Reads the rows of a list in any layout.
 * @throws 400 if it has no email column, no rows, or too many
 */
export function importFile(text: string, { roles, dates, mute = false }: Choice = {}): ImportFile {
  const { header, notes, rows, mended, names } = partsOf(text);
  if (rows.length === 0) throw invalid("", "The file contains no rows.");
  if (rows.length > ROWS_MAX) throw invalid("", "The file has more than 100,000 rows. Split it into several files.");
  const mapping = roles
    ? mappingFrom(roles)
    : names.some(Boolean)
      ? mappingOf(names, rows)
      : withoutHeader(names, rows);
  if (!mapping.email?.length)
    throw invalid(
      "",
      "We found no column of email addresses. The first line must contain the column names, including `email`.",
    );
  const found =
    orderNamed(names, mapping) ?? dateOrderOf(rows.map((row) => cellsIn(row, mapping.date).find(Boolean) ?? ""));
  const order = dates ?? found ?? "month";
  return {
    columns: names.map((name, n) => ({
      name: name || `Column ${n + 1}`,
      sample: sampleOf(rows, n),
      role: roleOf(mapping, n),
    })),
    dates: order,
    isOrderOpen: found === null && dates === undefined,
    rows: sentRows(rows, mapping, order, mute),
    // The key names of JSON objects are not on any line.
    skipped: [...notes, ...(header ? [header] : [])].map(({ line }) => line).filter(Boolean),
    mended,
  };
}

/** The names of a file's columns. `importFile` expects the roles in this order. */
export const columnNames = (text: string): string[] => partsOf(text).names;

/**
 * The rows below the header, if there is one, and the names of the columns. A list of mailboxes has its own column
 * names.
 */
function partsOf(text: string) {
  const list = /^\s*[[{]/.test(text) ? null : mailboxList(text);
  if (list) return { ...list, notes: [], mended: [], names: ["Email", "Name"] };
  const { rows: all, mended } = tableOf(text);
  const { header, notes, rows } = headerOf(all);
  const width = Math.max(0, ...all.slice(0, 200).map(({ cells }) => cells.length));
  return {
    header,
    notes,
    rows,
    mended,
    names: Array.from({ length: width }, (_, n) => header?.cells[n]?.trim() ?? ""),
  };
}

/** In spreadsheets, an apostrophe before digits marks them as text. */
const cellIn = (row: Row, column: number | undefined) =>
  column === undefined
    ? ""
    : unguarded((row.cells[column] ?? "").trim())
        .replace(/^'(?=\d+$)/, "")
        .slice(0, CELL_MAX);

const cellsIn = (row: Row, columns: number[] = []) => columns.map((column) => cellIn(row, column));

/** Placeholders that programs write into empty cells. */
const NOTHING =
  /^(?:NULL|null|nil|undefined|NaN|nan|N\/A|n\/a|#N\/A|#NV|#REF!|#NAME\?|#VALUE!|#WERT!|\(?blank\)?|[-–—]{1,3}|0000-00-00(?: 00:00:00)?)$/;

/** The cell's text, or empty if it is a placeholder. */
const filledIn = (row: Row, column: number | undefined) => cellIn(row, column).replace(NOTHING, "");

/** A row's first email, with the name next to it. */
const emailIn = (row: Row, mapping: Mapping) => mailboxOf(cellsIn(row, mapping.email).find(Boolean) ?? "");

/** The date order in a column's name: "Registered (DD/MM/YYYY)". */
function orderNamed(names: string[], { date = [] }: Mapping): DateOrder | null {
  const name = columnName(date.map((column) => names[column] ?? "").join(" "));
  return / dd mm /.test(`${name} `) ? "day" : / mm dd /.test(`${name} `) ? "month" : null;
}

const sampleOf = (rows: Row[], column: number) =>
  rows
    .slice(0, 50)
    .map((row) => cellIn(row, column))
    .find(Boolean)
    ?.slice(0, 100) ?? "";

const roleOf = (mapping: Mapping, column: number) =>
  (Object.keys(mapping) as Role[]).find((role) => [mapping[role]].flat().includes(column)) ?? null;

/** The first column chosen for a role gets it. */
function mappingFrom(roles: (Role | null)[]): Mapping {
  const mapping: Mapping = {};
  for (const [column, role] of roles.entries()) {
    if (role === null) continue;
    if (isSeveral(role)) mapping[role] = [...(mapping[role] ?? []), column];
    else mapping[role] ??= column;
  }
  return mapping;
}

const hasEmail = ({ cells }: Row) => cells.some((cell) => cell.includes("@"));

/** The header, even with unknown names: the first row, if it is the only one without an email. */
function headerOf(all: Row[]) {
  const found = underHeader(all, isImportHeader);
  const [first, second] = all;
  if (found.header || !first || !second || hasEmail(first) || !hasEmail(second)) return found;
  return { header: first, notes: [], rows: all.slice(1) };
}

/** Without a header, the column with the most emails contains the emails, and the first other column contains names. */
function withoutHeader(names: string[], rows: Row[]): Mapping {
  const shares = names.map((_, column) => emailShare(rows, column));
  const most = Math.max(...shares);
  if (most === 0) return {};
  const email = shares.indexOf(most);
  const name = names.findIndex((_, column) => column !== email && /\p{L}/u.test(sampleOf(rows, column)));
  return { email: [email], ...(name >= 0 && { name }) };
}

/**
 * The emails of the file's rows, by the values that other rows may use to refer to them: an ID, a code, or an external
 * ID.
 */
function namesakes(rows: Row[], mapping: Mapping) {
  const emails = new Map<string, string>();
  for (const role of ["external_id", "code", "id"] as const)
    if (mapping[role] !== undefined)
      for (const row of rows) {
        const cell = cellIn(row, mapping[role]);
        for (const name of role === "code" ? codesIn(cell) : [cell])
          if (name !== "") emails.set(name, emailIn(row, mapping).address.toLowerCase());
      }
  return emails;
}

function sentRows(rows: Row[], mapping: Mapping, order: DateOrder, mute: boolean): SentRow[] {
  const emailOf = namesakes(rows, mapping);
  const boxes = new Set(mapping.consent?.filter((column) => areBoxes(rows.map((row) => cellIn(row, column)))));
  const consentIn = (row: Row) =>
    (mapping.consent ?? []).map((column) => cellIn(row, column) || (boxes.has(column) ? "no" : ""));
  return rows.map((row) => {
    const cell = (role: Exclude<Role, Several>) => filledIn(row, mapping[role]);
    const { address, name } = emailIn(row, mapping);
    const named = withoutEntities(nameIn(cell("name"), cell("first_name"), cell("last_name"))) || name;
    const referrer = mailboxOf(cell("invited_by")).address;
    const code = codeIn(cell("referral_code")) || (isOurCode(codeIn(referrer)) ? codeIn(referrer) : "");
    const inviter = code ? "" : (emailOf.get(referrer) ?? emailOf.get(codeIn(referrer)) ?? referrer);
    const date = mapping.date?.map((column) => filledIn(row, column)).find(Boolean) ?? "";
    const moment = date === "" ? null : dateIn(date, order);
    const left = leftOutOf({
      consent: consentIn(row),
      refused: cellsIn(row, mapping.refused),
      status: cellIn(row, mapping.status),
    });
    return [
      row.line,
      address,
      named,
      cell("external_id"),
      code,
      inviter,
      moment?.toISOString() ?? date,
      cell("metadata"),
      mute && mayBeMuted(left) ? "muted" : left,
      codesIn(cell("code"))
        .filter((own) => !isOurCode(own))
        .join(" "),
      cell("checkout_code"),
    ];
  });
}

/** "Name" next to "Last name" may be a full name or a first name. */
const nameIn = (name: string, first: string, last: string) =>
  name !== "" && name.includes(last) ? name : [name || first, last].filter(Boolean).join(" ");

export const toLines = (rows: SentRow[]) => rows.map((row) => JSON.stringify(row)).join("\n");

export const resultCsv = (results: { line: number; email: string; said: string }[]) =>
  csvText([["line", "email", "result"], ...results.map(({ line, email, said }) => [line, email, said])]);
