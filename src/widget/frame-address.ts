/** Whether the text may be an email address. Only the server knows all the rules, including those for other scripts. */
export const isAddress = (text: string) => /^[^\s@＠]+[@＠][^\s@＠]+$/.test(text.trim());

/** Quoted names, separators, and the text between them. */
const PIECES = /"[^"]*"|[,;、，；\t\r\n]|[^",;、，；\t\r\n]+|"/g;

/** An email address as it was meant, and the name next to it. */
export type Mailbox = { name: string; address: string };

/**
 * The email addresses in a pasted list: with names (`"Smith, Bob" <bob@…>`), `mailto:`, and commas, semicolons, spaces,
 * or line breaks between them. Text that we do not understand is returned as it is, so an error can quote it.
 */
export const addressesIn = (text: string) => [...new Set(mailboxesIn(text).map(({ address }) => address))];

/** The same, with names. */
export function mailboxesIn(text: string): Mailbox[] {
  const entries = [""];
  for (const piece of text.match(PIECES) ?? [])
    if (/^[,;、，；\t\r\n]/.test(piece)) entries.push("");
    else entries[entries.length - 1] += piece;
  return entries.flatMap((entry, i) => {
    if (isSurname(entry, entries[i + 1])) return [];
    const before = entries[i - 1] ?? "";
    return read(entry.trim()).map(({ name, address }) => ({
      name: isSurname(before, entry) ? inOrder(before.trim(), name) : name,
      address,
    }));
  });
}

/** Whether this is the surname in `Smith, Bob <bob@a.example>`, without quotes. */
function isSurname(entry: string, next = "") {
  const [rest = "", address] = next.split("<");
  return address !== undefined && !/[@＠]/.test(entry + rest) && /\p{L}/u.test(rest) && /\p{L}/u.test(entry);
}

function read(entry: string): Mailbox[] {
  const [before = "", ...parts] = entry.split("<");
  if (parts.length > 0 && parts.every((part) => part.includes(">"))) return inBrackets(before, parts);
  // A word that ends like a domain was meant to be an email address. Other words are part of a name.
  const words = entry.split(/\s+/).flatMap(apart).filter(Boolean);
  const meant = words.filter((word) => /[@＠]|\.\p{L}{2,}$/u.test(word));
  const name = meant.length === 1 ? nameIn(words.filter((word) => word !== meant[0]).join(" ")) : "";
  return meant.length > 0
    ? meant.map((word) => ({ name, address: plain(word) }))
    : entry
      ? [{ name: "", address: entry }]
      : [];
}

/**
 * Splits `[ada@…](mailto:ada@…)` and email addresses with only a slash or bar between them, because no address has two
 * `@`.
 */
const apart = (word: string) => (/[@＠].*[@＠]/.test(word) ? word.split(/\]\(|[|/\\]/) : [word]);

/** `Bob <bob@…> Al <al@…>`: each address with the text before it. Another address in that text counts separately. */
function inBrackets(before: string, parts: string[]): Mailbox[] {
  let text = before;
  const found = parts.flatMap((part) => {
    const [named = "", ...rest] = part.split(">");
    const address = plain(named);
    const [name, others] = besides(text, address);
    text = rest.join(" ");
    return [...others, { name: nameIn(name), address }];
  });
  return [...found, ...besides(text, "")[1]];
}

/** The words in a text that are not addresses, and its addresses other than this one. A quoted address is a name. */
function besides(text: string, address: string): [string, Mailbox[]] {
  const words = text.split(/\s+/);
  const isMeant = (word: string) => /[@＠]/.test(word);
  const unquoted = text.replace(/"[^"]*"/g, "").split(/\s+/);
  const others = unquoted.filter(isMeant).map((word) => ({ name: "", address: plain(word) }));
  const isOther = (other: Mailbox) => other.address.toLowerCase() !== address.toLowerCase();
  return [words.filter((word) => !isMeant(word)).join(" "), others.filter(isOther)];
}

const SUFFIX = /^(?:inc|llc|ltd|gmbh|corp|co|jr|sr|md|phd)\b/i;

/** `Smith, Bob` is Bob Smith, but `Acme, Inc.` is not Inc. Acme. */
const inOrder = (last: string, rest: string) => (SUFFIX.test(rest) ? `${last}, ${rest}` : `${rest} ${last}`);

const nameIn = (text: string) =>
  text
    .trim()
    .replace(/^(?:[-–—•*·]+|\d{1,4}[.)])(?!\S)/, "")
    .replace(/["“”„()\s]+/g, " ")
    .trim()
    .replace(/:$/, "")
    .replace(/^'(.*)'$/, "$1")
    .replace(/^([^,]+),\s([^,]+)$/, (_, last: string, rest: string) => inOrder(last, rest));

/** The text without the characters that pasting leaves around an address. */
const plain = (text: string) =>
  text
    .trim()
    .replace(/^["'(<[“„”‘’‚«»‹›\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]+/, "")
    .replace(/^mailto:([^?]*).*/i, "$1")
    .replace(/["')>\].!“”‘’«»‹›\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]{1,9}$/, "");
