import { shownDomain } from "./domain";

const BYTES_MAX = 254;
const LABEL_MAX = 63;
const encoder = new TextEncoder();

/** Fullwidth and halfwidth forms from East Asian input methods. RFC 8265 §3.3 maps them too. */
const WIDE = /[\uff01-\uffee]/g;
/** Invisible characters. */
const INVISIBLE = /^[\s\p{Cc}\p{Default_Ignorable_Code_Point}\u2800]$/u;
/** An `atom` of RFC 5322, with the letters of RFC 6532. A joiner is allowed only after a mark. */
const ATOM =
  /^(?!\p{M})(?:(?!\p{Default_Ignorable_Code_Point})[\p{L}\p{M}\p{N}!#$%&'*+/=?^_`{|}~-]|(?<=\p{M})[\u200c\u200d])+$/u;
/** Characters that the domain mapping can read. Any other character would end the host in a URL. */
const DOMAIN = /^[\p{L}\p{M}\p{N}\p{So}\u00ad\u200b-\u200d\u2060\ufeff\u3002.-]+$/u;
const LABEL = /^[a-z0-9](?:[a-z0-9-]*[a-z0-9])?$/;
const LAST_LABEL = /^(?:[a-z]{2,}|xn--[a-z0-9-]+)$/;

/**
 * An email address in the one form that we store and compare: lower case, no surrounding invisible characters, and the
 * domain in ASCII (UTS #46). Null if it is not an email address. Any script is allowed (RFC 6531); quoted local parts
 * are not.
 */
export function emailAddress(text: string): string | null {
  const plain = visible(text.replace(WIDE, (character) => character.normalize("NFKC")));
  const at = plain.lastIndexOf("@");
  const local = plain.slice(0, at).normalize("NFC").toLowerCase().normalize("NFC");
  if (at < 1 || !local.split(".").every((atom) => ATOM.test(atom))) return null;
  const domain = asciiDomain(plain.slice(at + 1));
  const email = `${local}@${domain}`;
  return domain === null || encoder.encode(email).length > BYTES_MAX ? null : email;
}

/** The text without invisible characters at its ends. */
function visible(text: string): string {
  const characters = [...text];
  const isVisible = (character: string) => !INVISIBLE.test(character);
  return characters.slice(characters.findIndex(isVisible), characters.findLastIndex(isVisible) + 1).join("");
}

function asciiDomain(text: string): string | null {
  const host = DOMAIN.test(text) ? (URL.parse(`https://${text}`)?.hostname ?? "") : "";
  const labels = host.split(".");
  const isWhole = labels.length > 1 && labels.every((label) => label.length <= LABEL_MAX && LABEL.test(label));
  return isWhole && LAST_LABEL.test(labels.at(-1) ?? "") ? host : null;
}

/** The same form for lookups, where the text may not be an email address. */
export const comparableEmail = (text: string) => emailAddress(text) ?? text.trim().toLowerCase();

/** An email address as people read it, with its domain in its own script. */
export function shownEmail(email: string): string {
  const at = email.lastIndexOf("@") + 1;
  return email.slice(0, at) + shownDomain(email.slice(at));
}
