/** How a mailbox provider treats addresses at its domains. */
export type Provider = {
  /** These domains share mailboxes, so only one person can own a name at them. The first one is canonical. */
  domains: string[];
  /** The local part, without differences that the provider ignores. */
  local?: (local: string) => string;
  /** Whether `anything@name.domain` reaches the mailbox `name`. */
  hasSubdomains?: boolean;
};

/**
 * Providers with several addresses per mailbox. Only providers with a source that the addresses belong to one person
 * are listed. Outlook, Hotmail, and Live; Yahoo, Ymail, and Rocketmail; GMX and Web.de; and the domains of Mail.ru and
 * Tuta give the same name to different people, so they are not listed.
 */
export const providers: Provider[] = [
  {
    // https://support.google.com/mail/answer/7436150 (dots), https://support.google.com/mail/answer/10313 (both domains)
    domains: ["gmail.com", "googlemail.com"],
    local: (local) => local.replaceAll(".", ""),
  },
  {
    // https://support.apple.com/118230: new accounts only get icloud.com; older ones have the same name at all of them.
    domains: ["icloud.com", "me.com", "mac.com"],
  },
  {
    // https://proton.me/support/addresses-and-aliases (domains); Proton's own web client ignores dots, hyphens, and
    // underscores when it compares addresses: packages/shared/lib/helpers/email.ts of ProtonMail/WebClients.
    domains: ["proton.me", "protonmail.com", "pm.me", "protonmail.ch"],
    local: (local) => local.replace(/[._-]/g, ""),
  },
  {
    // https://yandex.com/support/id/authorization/email.html: a username has an address at all of Yandex's domains.
    // https://yandex.com/support/id/authorization/registration.html: dots and hyphens in a username are equivalent.
    domains: ["yandex.ru", "yandex.com", "ya.ru", "yandex.by", "yandex.kz", "yandex.ua", "yandex.com.tr"],
    local: (local) => local.replaceAll(".", "-"),
  },
  // https://www.fastmail.help/hc/en-us/articles/360060591053 (subdomain addressing). The same name at another of its
  // domains may be another person's.
  { domains: ["fastmail.com"], hasSubdomains: true },
  { domains: ["fastmail.fm"], hasSubdomains: true },
];
