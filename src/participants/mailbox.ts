const DOTLESS = new Set(["gmail.com", "googlemail.com"]);

/**
 * The mailbox behind an email address: without `+tag`, and for Gmail without dots. `email` must be trimmed and in lower
 * case.
 */
export function canonicalEmail(email: string) {
  const at = email.lastIndexOf("@");
  const local = email.slice(0, at).replace(/(?<=.)\+.*$/, "");
  const domain = email.slice(at + 1);
  return DOTLESS.has(domain) ? `${local.replaceAll(".", "")}@gmail.com` : `${local}@${domain}`;
}
