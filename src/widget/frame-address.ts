/** Whether it may be an email address. Only the server knows the rules, those of other scripts included. */
export const isAddress = (text: string) => /^[^\s@＠]+[@＠][^\s@＠]+$/.test(text.trim());

/** Quoted names, and what stands between separators. */
const PIECES = /"[^"]*"|[,;\t\r\n]|[^",;\t\r\n]+|"/g;

/**
 * The email addresses in a list as people paste it: with names (`"Smith, Bob" <bob@…>`), `mailto:`, and between commas,
 * semicolons, spaces, or lines. What is not understood is returned as it is, so that it can be named.
 */
export function addressesIn(text: string): string[] {
  const entries = [""];
  for (const piece of text.match(PIECES) ?? [])
    if (/^[,;\t\r\n]/.test(piece)) entries.push("");
    else entries[entries.length - 1] += piece;
  return [...new Set(entries.flatMap((entry, i) => (isSurname(entry, entries[i + 1]) ? [] : read(entry.trim()))))];
}

/** `Smith, Bob <bob@…>`, without quotes. */
function isSurname(entry: string, next = "") {
  const [rest = "", address] = next.split("<");
  return address !== undefined && !/[@＠]/.test(entry + rest) && /\p{L}/u.test(rest);
}

function read(entry: string): string[] {
  const named = /<([^<>]*)>/.exec(entry)?.[1];
  if (named !== undefined) return [plain(named)];
  // What ends like a domain was meant to be an address. Other words are somebody's name.
  const meant = entry.split(/\s+/).filter((word) => /[@＠]|\.\p{L}{2,}$/u.test(word));
  return meant.length > 0 ? meant.map(plain) : entry ? [entry] : [];
}

/** Without the marks that pasting leaves around an address. */
const plain = (text: string) =>
  text
    .trim()
    .replace(/^["'(<[]+/, "")
    .replace(/^mailto:([^?]*).*/i, "$1")
    .replace(/["')>\].]{1,5}$/, "");
