import { parse } from "tldts";
import { readableName } from "./name";

/** This many digits could be a phone number, which is private. */
const PHONE_DIGITS = 7;
const LINK = /:\/\/|www\.|[\p{L}\d]\.(\p{Ll}{2,}|\p{Lu}{2,})(?!\p{L})/u;
const NOT_OF_HOSTS = /[^\p{L}\p{M}\p{N}.-]+/u;

/**
 * A participant's name as others may see it. Null if nothing of it is visible, or if it contains a link, domain, or
 * phone number. Strangers type these names, and must not advertise in our name or reverse the text around theirs.
 */
export function shownName(name: string | null): string | null {
  const line = readableName(name ?? "");
  // The text as browsers and email apps read it when they look for links.
  const read = line
    .normalize("NFKC")
    .replace(/\p{Cf}/gu, "")
    .replaceAll("\u3002", ".");
  if (line === "" || LINK.test(read) || read.replace(/\P{Nd}/gu, "").length >= PHONE_DIGITS) return null;
  return read.toLowerCase().split(NOT_OF_HOSTS).some(isHost) ? null : line;
}

/** Whether the text is an IP address or ends in a public suffix, under which domains are registered. */
function isHost(text: string) {
  if (!text.includes(".")) return false;
  const { domain, isIcann, isIp } = parse(text, { extractHostname: false });
  return isIp === true || (isIcann === true && domain !== null);
}
