/** How a provider of mailboxes reads addresses at its domains. */
export type Provider = {
  /** All lead to one mailbox, which nobody else can get at another of them. The first one is the canonical. */
  domains: string[];
  /** The local part, without differences that the provider ignores. */
  local?: (local: string) => string;
  /** Whether `anything@name.domain` is the mailbox `name`. */
  hasSubdomains?: boolean;
};

/**
 * Providers that know a mailbox by several addresses. Only those are here whose addresses belong to one person,
 * by a source. Outlook, Hotmail, and Live; Yahoo, Ymail, and Rocketmail; GMX and Web.de; and the domains of Mail.ru and Tuta give
 * the same name to different people, so they are not.
 */
export const providers: Provider[] = [
  {
    // https://support.google.com/mail/answer/7436150 (dots), https://support.google.com/mail/answer/10313 (both domains)
    domains: ["gmail.com", "googlemail.com"],
    local: (local) => local.replaceAll(".", ""),
  },
  {
    // https://support.apple.com/118230: new accounts get icloud.com only; older ones have the same name at all of them.
    domains: ["icloud.com", "me.com", "mac.com"],
  },
  {
    // https://proton.me/support/addresses-and-aliases (domains); Proton's own web client compares addresses without
    // dots, hyphens, and underscores: packages/shared/lib/helpers/email.ts of ProtonMail/WebClients.
    domains: ["proton.me", "protonmail.com", "pm.me", "protonmail.ch"],
    local: (local) => local.replace(/[._-]/g, ""),
  },
  {
    // https://yandex.com/support/id/authorization/email.html: a username has an address at all of Yandex's domains.
    // https://yandex.com/support/id/authorization/registration.html: a dot and a hyphen in a username are the same.
    domains: ["yandex.ru", "yandex.com", "ya.ru", "yandex.by", "yandex.kz", "yandex.ua", "yandex.com.tr"],
    local: (local) => local.replaceAll(".", "-"),
  },
  // https://www.fastmail.help/hc/en-us/articles/360060591053 (subdomain addressing). Its domains are different people's.
  { domains: ["fastmail.com"], hasSubdomains: true },
  { domains: ["fastmail.fm"], hasSubdomains: true },
];
