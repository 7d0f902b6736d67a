/**
 * What differs from wrangler.toml on a laptop: webhooks may go to this machine, nothing needs a network, load tests are not refused,
 * and mail goes nowhere but to /dev/mail.
 */
const LOCAL = {
  ALLOW_LOCAL_WEBHOOKS: "on",
  RATE_LIMITS: "off",
  DOH_URL: "",
  PUBLIC_URL: "",
  MAIL_FROM: "mail@referrals.example",
  DEV_MAIL: "on",
};

/** The Worker's settings: wrangler.toml, changed by the local ones, by .dev.vars, by this process's environment and by `last`. */
export function localSettings(
  defaults: Record<string, string>,
  devVars: Record<string, string>,
  last: Record<string, string> = {},
) {
  const settings: Record<string, string> = { ...defaults, ...LOCAL, ...devVars };
  for (const name of Object.keys(settings)) settings[name] = process.env[name] ?? settings[name] ?? "";
  return { ...settings, ...last };
}
