/** Whether it may be an email address. Only the server knows the rules, those of other scripts included. */
export const isAddress = (text: string) => /^[^\s@＠]+[@＠][^\s@＠]+$/.test(text.trim());

/** Quoted names, and what stands between separators. */
const PIECES = /"[^"]*"|[,;、，；\t\r\n]|[^",;、，；\t\r\n]+|"/g;

/** An address, as it was meant, and the name beside it. */
export type Mailbox = { name: string; address: string };

/**
 * The email addresses in a list as people paste it: with names (`"Smith, Bob" <bob@…>`), `mailto:`, and between commas,
 * semicolons, spaces, or lines. What is not understood is returned as it is, so that it can be named.
 */
export const addressesIn = (text: string) => [...new Set(mailboxesIn(text).map(({ address }) => address))];

/** The same, with the names. */
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

/** `Smith, Bob <bob@a.example>`, without quotes. */
function isSurname(entry: string, next = "") {
  const [rest = "", address] = next.split("<");
  return address !== undefined && !/[@＠]/.test(entry + rest) && /\p{L}/u.test(rest) && /\p{L}/u.test(entry);
}

function read(entry: string): Mailbox[] {
  const [before = "", ...parts] = entry.split("<");
  if (parts.length > 0 && parts.every((part) => part.includes(">"))) return inBrackets(before, parts);
  // What ends like a domain was meant to be an address. Other words are somebody's name.
  const words = entry.split(/\s+/).flatMap(apart).filter(Boolean);
  const meant = words.filter((word) => /[@＠]|\.\p{L}{2,}$/u.test(word));
  const name = meant.length === 1 ? nameIn(words.filter((word) => word !== meant[0]).join(" ")) : "";
  return meant.length > 0
    ? meant.map((word) => ({ name, address: plain(word) }))
    : entry
      ? [{ name: "", address: entry }]
      : [];
}

/** `[ada@…](mailto:ada@…)`, and addresses that only a slash or a bar separates: none has two `@`. */
const apart = (word: string) => (/[@＠].*[@＠]/.test(word) ? word.split(/\]\(|[|/\\]/) : [word]);

/** `Bob <bob@…> Al <al@…>`, each with what stands before it. Another address that stands there is one of its own. */
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

/** The words of a text without its addresses, and those of its addresses that are not this one. A quoted one is a name. */
function besides(text: string, address: string): [string, Mailbox[]] {
  const words = text.split(/\s+/);
  const isMeant = (word: string) => /[@＠]/.test(word);
  const unquoted = text.replace(/"[^"]*"/g, "").split(/\s+/);
  const others = unquoted.filter(isMeant).map((word) => ({ name: "", address: plain(word) }));
  const isOther = (other: Mailbox) => other.address.toLowerCase() !== address.toLowerCase();
  return [words.filter((word) => !isMeant(word)).join(" "), others.filter(isOther)];
}

const SUFFIX = /^(?:inc|llc|ltd|gmbh|corp|co|jr|sr|md|phd)\b/i;

/** `Smith, Bob` is Bob Smith, but Acme, Inc. is not Inc. Acme. */
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

/** Without the marks that pasting leaves around an address. */
const plain = (text: string) =>
  text
    .trim()
    .replace(/^["'(<[“„”‘’‚«»‹›\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]+/, "")
    .replace(/^mailto:([^?]*).*/i, "$1")
    .replace(/["')>\].!“”‘’«»‹›\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]{1,9}$/, "");
