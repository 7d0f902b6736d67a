import { type Provider, providers } from "./mailbox-providers";

const DOTLESS = new Set(["gmail.com", "googlemail.com"]);

type Parts = { local: string; domain: string };

function partsOf(email: string): Parts {
  const at = email.lastIndexOf("@");
  const plus = email.indexOf("+", 1);
  return { local: email.slice(0, plus > 0 && plus < at ? plus : at), domain: email.slice(at + 1) };
}

/** A mailbox's provider, and its name there. */
function knownAt({ local, domain }: Parts): { provider: Provider; name: string } | null {
  for (const provider of providers) {
    if (provider.domains.includes(domain)) return { provider, name: provider.local?.(local) || local };
    const below = provider.domains.find((one) => provider.hasSubdomains && domain.endsWith(`.${one}`));
    const name = below === undefined ? "" : domain.slice(0, -below.length - 1);
    if (name !== "" && !name.includes(".")) return { provider, name };
  }
  return null;
}

/**
 * The mailbox of an email address: without `+tag`, and in one spelling if its provider supports several. `email` must
 * be normalized.
 */
export function canonicalEmail(email: string): string {
  const parts = partsOf(email);
  const known = knownAt(parts);
  return known ? `${known.name}@${known.provider.domains[0]}` : `${parts.local}@${parts.domain}`;
}

/** Without `+tag`, and for Gmail without dots: the canonical form from before we supported other providers. */
export function formerEmail(email: string): string {
  const { local, domain } = partsOf(email);
  return DOTLESS.has(domain) ? `${local.replaceAll(".", "")}@gmail.com` : `${local}@${domain}`;
}

/** The other forms of the mailbox in old rows, besides the canonical one. */
export function formerEmails(email: string): string[] {
  const parts = partsOf(email);
  const known = knownAt(parts);
  if (!known || DOTLESS.has(parts.domain)) return [];
  const { provider, name } = known;
  const spellings = provider.hasSubdomains ? [] : [parts.local, name];
  const forms = spellings.flatMap((local) => provider.domains.map((domain) => `${local}@${domain}`));
  const canonical = canonicalEmail(email);
  return [...new Set([formerEmail(email), ...forms])].filter((form) => form !== canonical);
}
