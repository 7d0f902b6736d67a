const DOTLESS = new Set(["gmail.com", "googlemail.com"]);

/** The mailbox behind an address: `+tag` is left off, and at Gmail the dots. `email` is trimmed and in lower case already. */
export function canonicalEmail(email: string) {
  const at = email.lastIndexOf("@");
  const local = email.slice(0, at).replace(/(?<=.)\+.*$/, "");
  const domain = email.slice(at + 1);
  return DOTLESS.has(domain) ? `${local.replaceAll(".", "")}@gmail.com` : `${local}@${domain}`;
}
