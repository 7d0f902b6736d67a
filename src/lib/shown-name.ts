import { parse } from "tldts";

/** Characters that turn or hide the text around them. Joiners stay, because scripts and emoji are written with them. */
const HIDDEN = /[\u00ad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb]/g;
const BREAKS = /[\p{Cc}\p{Zl}\p{Zp}]+/gu;
/** Letters and symbols that are drawn as nothing. */
const BLANK = /[\u115f\u1160\u2800\p{C}\p{M}\p{Z}]/gu;
const LINK = /:\/\/|www\.|[\p{L}\d]\.(\p{Ll}{2,}|\p{Lu}{2,})(?!\p{L})/u;
const NOT_OF_HOSTS = /[^\p{L}\p{M}\p{N}.-]+/u;

/**
 * A participant's name as others may see it, wherever they do. Null if it shows nothing, or contains a link or a
 * domain: names are typed by strangers, and nobody may advertise in our name or turn the text around theirs.
 */
export function shownName(name: string | null): string | null {
  const line = (name ?? "").toWellFormed().replace(HIDDEN, "").replace(BREAKS, " ").trim();
  // As browsers and email programs read it when they look for links.
  const read = line
    .normalize("NFKC")
    .replace(/\p{Cf}/gu, "")
    .replaceAll("\u3002", ".");
  if (read.replace(BLANK, "") === "" || LINK.test(read)) return null;
  return read.toLowerCase().split(NOT_OF_HOSTS).some(isHost) ? null : line;
}

/** Whether the text is an IP address, or ends in a suffix under which domains are registered. */
function isHost(text: string) {
  if (!text.includes(".")) return false;
  const { domain, isIcann, isIp } = parse(text, { extractHostname: false });
  return isIp === true || (isIcann === true && domain !== null);
}
