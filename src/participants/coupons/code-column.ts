import { columnName, underHeader } from "../../lib/files/header";
import type { Row } from "../../lib/files/table";
import { usageOf } from "./used-codes";

/** Words for a code in English, German, French, Spanish, and Portuguese, without accents. */
const CODE = new Set(["code", "codes", "codigo", "codigos", "key", "keys", "token", "tokens", "pin", "serial"]);
const COUPON = new Set(
  ["coupon", "coupons", "voucher", "vouchers", "promo", "gutschein", "gutscheine", "bon", "bons"].concat([
    "cupon",
    "cupones",
    "cupom",
    "cupons",
    "vale",
    "vales",
    "rabattcode",
    "gutscheinnummer",
    "barcode",
  ]),
);
/** With one of these words, the column has data about the coupon, or another kind of code. */
const ABOUT =
  /^(name|names|nom|nombre|nome|title|titel|titulo|titre|type|typ|tipo|value|wert|valeur|valor|amount|betrag|montant|importe|id|description|limit|limite|price|preis|prix|precio|preco|date|datum|data|fecha|start|starts|end|ends|expiry|expires|status|currency|wahrung|country|land|pays|pais|postal|post|zip|area|region|language|product|quantity|usage|used|uses|count|note|notes|label|email|url|link|percent|prozent)$/;

/** 0 for the best name of a code column, null for another column's name, or a code. */
function rankOf(name: string): number | null {
  const words = name.split(" ");
  if (/\d/.test(name) || words.some((word) => ABOUT.test(word)) || usageOf(name) !== null) return null;
  if (words.some((word) => CODE.has(word) || /.(codes?|codigos?)$/.test(word))) return 0;
  return words.some((word) => COUPON.has(word)) ? 1 : null;
}

/** Values, not names: an amount, a date, a count. */
const isValue = (name: string) => /^\d/.test(name);

const namesOf = (row: Row) => row.cells.map(columnName).filter(Boolean);

/** In a list with one column, a single word like "promo" may itself be a code. */
const isHeader = (names: string[]) => {
  const [name = "", ...others] = names.filter(Boolean);
  if (others.length > 0) return !names.some(isValue) && names.some((each) => rankOf(each) !== null);
  return rankOf(name) === 0 && (/(?:codes?|codigos?)$/.test(name) || name.includes(" "));
};

const DATE_OR_AMOUNT = /^(?:\d{1,4}[-./]\d{1,2}[-./]\d{1,4}|[$€£]?-?[\d.,]{1,5}[%$€£]?|\d{1,9}[.,]\d\d[$€£]?)$/;
/** The form of printed coupon codes: no spaces, and more than a short number. */
const looksLikeCode = (cell: string) => /^[^\s@%/]{3,100}$/.test(cell) && !DATE_OR_AMOUNT.test(cell);

const shareOf = (rows: Row[], column: number, holds: (cell: string) => boolean) =>
  rows.length === 0 ? 0 : rows.filter(({ cells }) => holds((cells[column] ?? "").trim())).length / rows.length;

/** The number of rows to check in order to classify a column. */
const SAMPLE = 200;

/** Without a header, codes are in the first column, unless its values are not codes and another column's are. */
function columnByContent(rows: Row[]): number {
  const sample = rows.slice(0, SAMPLE);
  const width = Math.max(1, ...sample.map(({ cells }) => cells.length));
  const shares = Array.from({ length: width }, (_, column) => shareOf(sample, column, looksLikeCode));
  const likely = shares.findIndex((share) => share >= 0.8);
  return (shares[0] ?? 0) < 0.5 && likely > 0 ? likely : 0;
}

/**
 * Whether the rows have several columns, of which only one contains codes, and the others numbers, amounts, or dates.
 * Otherwise, a text may have several codes per line.
 */
export function isOneOfSeveral(rows: Row[]): boolean {
  const sample = rows.slice(0, SAMPLE);
  const width = sample[0]?.cells.length ?? 0;
  if (width < 2 || sample.length < 2 || sample.some(({ cells }) => cells.length !== width)) return false;
  const shares = Array.from({ length: width }, (_, column) => shareOf(sample, column, looksLikeCode));
  return (
    shares.filter((share) => share >= 0.8).length === 1 && shares.filter((share) => share <= 0.2).length === width - 1
  );
}

/** Whether each row consists of several different codes that contain digits. */
export function areAllCodes(rows: Row[]): boolean {
  const cells = rows.slice(0, SAMPLE).flatMap((row) => row.cells.map((cell) => cell.trim()).filter(Boolean));
  const isCode = (cell: string) => looksLikeCode(cell) && /\d/.test(cell);
  return cells.length > rows.slice(0, SAMPLE).length && cells.every(isCode) && new Set(cells).size === cells.length;
}

const isAboutCoupons = (name: string) => rankOf(name) !== null || ABOUT.test(name) || usageOf(name) !== null;

/**
 * Whether the first row contains column names that are not in the lists above. It has no digits, unlike the codes or
 * another column below it. In a list with one column, it must be two words or about coupons, because a single word may
 * be a code.
 */
const isUnknownHeader = ([first, ...rest]: Row[], column: number) => {
  const codes = rest.slice(0, SAMPLE);
  const names = first ? namesOf(first) : [];
  const isName = /^[\p{L} ]+$/u.test(first?.cells[column]?.trim() ?? "");
  const areNames =
    names.length > 1
      ? !names.some((name) => /\d/.test(name))
      : /\s/.test(names[0] ?? "") || isAboutCoupons(names[0] ?? "");
  const hasDigits = (at: number) => shareOf(codes, at, (cell) => /\d/.test(cell)) > 0.9;
  const columns = names.length > 1 ? (first?.cells ?? []).map((_, at) => at) : [column];
  return codes.length > (names.length > 1 ? 0 : 1) && isName && areNames && columns.some(hasDigits);
};

/** The column that contains a list's codes. `columns` are the names of all columns, or their numbers from 1. */
type CodeColumn = { column: number; columns: string[]; rows: Row[]; notes: Row[]; header: Row | null };

/**
 * Finds the column that contains the codes, by its name or its content. `chosen` is the index of a column that a person
 * chose.
 */
export function codeColumn(all: Row[], chosen?: number): CodeColumn {
  const found = underHeader(all, isHeader);
  const names = found.header?.cells.map(columnName) ?? [];
  const ranks = names.map((name) => rankOf(name) ?? 9);
  const column = chosen ?? (found.header ? ranks.indexOf(Math.min(...ranks)) : columnByContent(all));
  const isNamed = !found.header && isUnknownHeader(all, column);
  const { header, rows, notes } = isNamed ? { header: all[0] ?? null, rows: all.slice(1), notes: [] } : found;
  const width = Math.max(1, ...all.slice(0, SAMPLE).map(({ cells }) => cells.length));
  const columns = Array.from({ length: width }, (_, n) => header?.cells[n]?.trim() || `Column ${n + 1}`);
  return { column, columns, rows, notes, header };
}
