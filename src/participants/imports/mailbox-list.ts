import { emailAddress } from "../../lib/email-address";
import { columnName } from "../../lib/files/header";
import { linesOf, type Row } from "../../lib/files/table";
import { isAddress, type Mailbox, mailboxesIn } from "../../widget/frame-address";
import { isImportHeader, isNameOf } from "./import-roles";

const LOOKED_AT_LINES = 200;
/** The minimum share of addresses among the entries of a list of people. */
const SHARE = 0.8;
/** The field names that email programs write before addresses. */
const FIELD = /^\s{0,20}(?:to|cc|bcc|from|an|von|à|para|de)\s{0,20}:/i;
/** A name with its address, or a mailto link. */
const MAILBOX = /<[^<>\s]{1,70}[@＠][^<>\s]{1,260}>|mailto:/i;

type List = { header: Row | null; rows: Row[] };

/**
 * Reads a list of people as email programs write and copy it: `Ada <ada@…>`, `"Lovelace, Ada" <ada@…>`, also several on
 * one line. Each row gets an email and a name. Null if the text is a table, or a plain column of addresses.
 */
export function mailboxList(text: string): List | null {
  const lines = linesOf(text);
  const first = lines.findIndex((line) => line.trim() !== "");
  const hasHeader = first >= 0 && isNameOf(columnName(lines[first] ?? ""), "email");
  const at = hasHeader ? first + 1 : Math.max(0, first);
  if (lines.slice(0, LOOKED_AT_LINES).some(isHeader) || !isList(lines.slice(at, at + LOOKED_AT_LINES))) return null;
  const rows = lines
    .slice(at)
    .flatMap((line, i) => mailboxesOf(line).map(({ address, name }) => ({ line: at + i + 1, cells: [address, name] })));
  return { header: hasHeader ? { line: first + 1, cells: [lines[first] ?? ""] } : null, rows };
}

/** Whether a line has the names of two or more columns. */
function isHeader(line: string) {
  const names = line.split(/[,;\t|]/).map(columnName);
  return names.length > 1 && !line.includes("@") && isImportHeader(names);
}

const mailboxesOf = (line: string) => mailboxesIn(line.replace(FIELD, ""));

/**
 * Rows of a table have the same number of cells. Lines of a list have any number of addresses, or names with addresses.
 */
function isList(lines: string[]) {
  const read = lines.map(mailboxesOf).filter((entries) => entries.length > 0);
  const entries = read.flat();
  const addresses = entries.filter(({ address }) => isAddress(address));
  const lengths = new Set(read.map(({ length }) => length));
  const isUneven = lengths.size > 1 || (read.length === 1 && entries.length > 1);
  return addresses.length >= entries.length * SHARE && (isUneven || lines.some((line) => MAILBOX.test(line)));
}

/** The person in a cell with a name and an address, or a mailto link. */
export function mailboxOf(cell: string): Mailbox {
  const [found, ...others] = MAILBOX.test(cell) ? mailboxesIn(cell) : [];
  return found && others.length === 0 ? found : { name: "", address: cell };
}

/** Characters that people and programs leave around an address. */
const LOOSE = /^[<([{'"“„.:]{1,9}|[>)\]}'"”“.:!]{1,9}$/g;
const ENCODED = /%(2B|40|2E|5F|2D)/gi;
const ENCODED_LETTERS = /%(?:2B|40|2E|5F|2D)/i;
const decoded = (text: string) => text.replace(ENCODED, (_, code) => String.fromCharCode(Number.parseInt(code, 16)));

/** The first email in a cell that may contain other words. A cell without an email is returned as it is. */
export function firstEmail(cell: string): { email: string; hasOthers: boolean } {
  if (emailAddress(cell) !== null && !ENCODED_LETTERS.test(cell)) return { email: cell, hasOthers: false };
  const found = [
    ...new Set(
      cell
        .split(/[\s,;|<>/、，；]+/)
        .map((word) => decoded(word.replace(LOOSE, "").replace(/^mailto:/i, "")))
        .flatMap((word) => emailAddress(word) ?? []),
    ),
  ];
  return { email: found[0] ?? cell, hasOthers: found.length > 1 };
}
