/**
 * What differs locally from wrangler.toml: webhooks may go to this machine, nothing needs a network, there are no rate
 * limits and no backups, and emails only go to /dev/mail. The local runtime knows no jurisdictions.
 */
const LOCAL = {
  ALLOW_LOCAL_WEBHOOKS: "on",
  RATE_LIMITS: "off",
  DOH_URL: "",
  PUBLIC_URL: "",
  JURISDICTION: "",
  // Reserved names, which belong to nobody (RFC 2606, RFC 6761).
  TRUSTED_DOMAINS: "example example.com example.net example.org test localhost 127.0.0.1 ::1",
  MAIL_FROM: "mail@referrals.example",
  DEV_MAIL: "on",
  BACKUP_DAYS: "",
};

/**
 * The Worker's settings: wrangler.toml's, overridden by the local ones, .dev.vars, the environment and `last`, in this
 * order.
 */
export function localSettings(
  defaults: Record<string, string>,
  devVars: Record<string, string>,
  last: Record<string, string> = {},
) {
  const settings: Record<string, string> = { ...defaults, ...LOCAL, ...devVars };
  for (const name of Object.keys(settings)) settings[name] = process.env[name] ?? settings[name] ?? "";
  return { ...settings, ...last };
}
