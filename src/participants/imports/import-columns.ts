import { columnName } from "../../lib/files/header";
import type { Row } from "../../lib/files/table";
import { isOurCode } from "../aliases/alias-schema";
import { codesIn } from "./import-codes";
import { dateIn } from "./import-dates";
import { isAnswer } from "./import-left-out";
import { isNameOf, type Role, roleNames } from "./import-roles";
import { isLikely } from "./likely-columns";
import { mailboxOf } from "./mailbox-list";

/**
 * Several columns may have these roles: one column marks unsubscribes and another bounces, or a second date or email
 * fills gaps of the first.
 */
export type Several = "email" | "consent" | "refused" | "date";
const SEVERAL: Role[] = ["email", "consent", "refused", "date"];
export const isSeveral = (role: Role): role is Several => SEVERAL.includes(role);

/** The index of each role's column, or the indexes for roles with several. Roles without a column are missing. */
export type Mapping = Partial<Record<Exclude<Role, Several>, number> & Record<Several, number[]>>;

const isEmail = (cell: string) => /^[^\s@]{1,64}@[^\s@]{1,255}$/.test(mailboxOf(cell).address);
/** The number of rows to check in order to classify a column. */
const SAMPLE = 200;

/** The share of filled cells in a column, and the share of these for which `is` is true. */
function shareOf(rows: Row[], column: number, is: (cell: string) => boolean) {
  const cells = rows
    .slice(0, SAMPLE)
    .map((row) => (row.cells[column] ?? "").trim())
    .filter(Boolean);
  return cells.length === 0 ? 0 : cells.filter(is).length / cells.length;
}

/** Whether a column has unique codes of another product. */
function isOwnCodes(rows: Row[], column: number) {
  const codes = rows.slice(0, SAMPLE).flatMap((row) => codesIn(row.cells[column] ?? ""));
  const isOurs = shareOf(rows, column, (cell) => codesIn(cell).some(isOurCode)) > 0.5;
  return codes.length > 0 && !isOurs && new Set(codes).size > codes.length * 0.9;
}

/** Whether a column's values are unique. A code that everyone shares is not a personal one. */
function areOwn(rows: Row[], column: number) {
  const cells = rows.slice(0, SAMPLE).flatMap(({ cells }) => cells[column]?.trim() || []);
  return cells.length > 0 && new Set(cells).size > cells.length * 0.9;
}

/** The share of a column's cells that are emails. */
export const emailShare = (rows: Row[], column: number) => shareOf(rows, column, isEmail);

const namedFor = (names: string[], role: Role) =>
  names.flatMap((name, column) => (isNameOf(name, role) ? [column] : []));

/**
 * The column of each role, found by its name and, for ambiguous names, by its content. The email column is also found
 * without a name.
 */
export function mappingOf(header: string[], rows: Row[]): Mapping {
  const names = header.map(columnName);
  const mapping: Mapping = {};
  const taken = () => new Set(Object.values(mapping).flat());
  const take = (role: Exclude<Role, Several>, columns: number[]) => {
    const [column] = columns.filter((each) => !taken().has(each));
    if (column !== undefined) mapping[role] = column;
  };
  const emails = (column: number) => emailShare(rows, column);
  const best = (columns: number[]) => columns.toSorted((a, b) => emails(b) - emails(a));
  const named = namedFor(names, "email");
  const byContent = names.map((_, column) => column).filter((column) => emails(column) >= 0.8);
  const isOthers = (column: number) => mayBe(names[column] ?? "", "invited_by");
  mapping.email = named.length > 0 ? best(named) : byContent.filter((column) => !isOthers(column)).slice(0, 1);
  take(
    "code",
    namedFor(names, "code").filter((column) => isOwnCodes(rows, column)),
  );
  for (const role of roleNames) {
    if (role === "checkout_code")
      take(
        role,
        namedFor(names, role).filter((column) => areOwn(rows, column)),
      );
    else if (role !== "email" && isSeveral(role)) mapping[role] = namedFor(names, role);
    else if (mapping[role] === undefined && role !== "code" && role !== "email") take(role, namedFor(names, role));
  }
  const { consent = [], date = [] } = mapping;
  const isDated = (column: number) => shareOf(rows, column, isDate) > 0.5;
  mapping.consent = consent.filter((column) => !isDated(column));
  mapping.date = [...date, ...consent.filter(isDated)];
  return withNames(withLikely(mapping, names, rows), names);
}

const mayBe = (name: string, role: Role) => isNameOf(name, role) || isLikely(name, role);

/** Adds columns whose names only suggest a role, if their content fits. */
function withLikely(mapping: Mapping, names: string[], rows: Row[]): Mapping {
  const isFree = (column: number) => !Object.values(mapping).flat().includes(column);
  const likely = (role: Role, holds: (column: number) => boolean) =>
    names.flatMap((name, column) => (isFree(column) && isLikely(name, role) && holds(column) ? [column] : []));
  const mostly = (is: (cell: string) => boolean) => (column: number) => shareOf(rows, column, is) > 0.5;
  const take = (role: Exclude<Role, Several>, holds: (column: number) => boolean) => {
    const found = mapping[role] === undefined ? likely(role, holds) : [];
    // A link or a code is more specific than an ID next to it.
    const column = found.find((each) => !/\bid$/.test(names[each] ?? "")) ?? found[0];
    if (column !== undefined) mapping[role] = column;
  };
  const isDated = mostly(isDate);
  mapping.refused = [...(mapping.refused ?? []), ...likely("refused", () => true)];
  const answers = likely("consent", (column) => !isDated(column) && mostly(isAnswer)(column));
  mapping.consent = [...(mapping.consent ?? []), ...answers];
  if (mapping.date?.length === 0) mapping.date = likely("date", isDated);
  for (const role of ["first_name", "last_name", "name"] as const) take(role, mostly(isWords));
  take("code", (column) => isOwnCodes(rows, column));
  const people = peopleIn(rows, mapping);
  take(
    "invited_by",
    mostly((cell) => isEmail(cell) || codesIn(cell).some((code) => people.has(code))),
  );
  return mapping;
}

/** How rows may refer to other rows: by their IDs and codes. */
const peopleIn = (rows: Row[], { id, external_id, code }: Mapping) =>
  new Set(
    [id, external_id, code].flatMap((column) =>
      column === undefined ? [] : rows.flatMap(({ cells }) => codesIn((cells[column] ?? "").trim())),
    ),
  );

/** "Nom" next to "Prénom" is a last name. "nome" and "nombre" alone are full names. */
function withNames({ first_name, last_name, ...mapping }: Mapping, names: string[]): Mapping {
  const isAlone =
    first_name !== undefined && last_name === undefined && /^(nome|nombre)$/.test(names[first_name] ?? "");
  if (isAlone && mapping.name === undefined) return { ...mapping, name: first_name };
  if (last_name !== undefined && first_name === undefined && names[last_name] === "nom" && mapping.name === undefined)
    return { ...mapping, name: last_name };
  return { ...mapping, ...(first_name !== undefined && { first_name }), ...(last_name !== undefined && { last_name }) };
}

const isWords = (cell: string) => /\p{L}/u.test(cell) && !cell.includes("@");
const isDate = (cell: string) => (dateIn(cell, "day") ?? dateIn(cell, "month")) !== null;
