import { checked, type Installation, JURISDICTIONS, REGIONS } from "./installation.ts";
import { expectPrices } from "./stripe.ts";

/** Asks a question. Enter accepts the suggestion. */
export type Ask = (question: string, suggestion: string) => Promise<string>;
export type Flags = Record<string, string | undefined>;
type Account = { id: string; name: string };

/** The values that flags and questions set, in the order of the questions. */
const QUESTIONS = {
  name: "Name of the Worker, after which the database, queues, and buckets are named",
  domain:
    "Domain to serve it on, in a zone of this account (none: workers.dev, where Cloudflare's Cache API does nothing)",
  region: `Region of the database and the ledgers (${REGIONS.join(", ")})`,
  jurisdiction: `Keep the data in one jurisdiction? You cannot change this later (${JURISDICTIONS.filter(Boolean).join(", ")}; none: anywhere)`,
} as const;
const SETTINGS = {
  PUBLIC_URL: "Origin of links in emails and share links (none: the origin of each request)",
  MAIL_FROM: "Sender's email address, at a domain onboarded to Email Service (none: email is off)",
  SUPPORT_EMAIL: "Email address for members who want another plan (none: not shown)",
  STRIPE_PRICES: "Sell plans through Stripe? The plan of each price, as JSON (none: you grant plans by hand)",
} as const;

/** The input that leaves a value empty. */
const NONE = "none";

const flagOf = (setting: string) => setting.toLowerCase().replaceAll("_", "-");

/** The flags of `npm run setup` that answer a question. */
export const ANSWERS = ["account", ...Object.keys(QUESTIONS), ...Object.keys(SETTINGS).map(flagOf)];

/**
 * The values of an installation, from flags, answers, saved values, or defaults, in this order. Values that can never change are
 * asked only once.
 * @throws if one is wrong, or would change what cannot change
 */
export async function answersOf(
  flags: Flags,
  saved: Installation | undefined,
  {
    label,
    accounts,
    settings,
    ask,
  }: { label: string; accounts: Account[]; settings: Record<string, string>; ask?: Ask | undefined },
): Promise<Installation> {
  const answer = async (flag: string, question: string, suggestion: string) => {
    const said = (flags[flag] ?? (ask ? await ask(question, suggestion || NONE) : suggestion)).trim();
    return said === NONE ? "" : said;
  };
  const usual = {
    name: label === "production" ? "referrals" : `referrals-${label}`,
    domain: "",
    region: "weur",
    jurisdiction: "",
  };

  const account_id = await accountOf(flags.account ?? saved?.account_id, accounts, ask);
  const values: Record<string, string> = {};
  for (const [key, question] of Object.entries(QUESTIONS) as [keyof typeof QUESTIONS, string][]) {
    const isFixed = saved?.database_id !== undefined && key !== "domain";
    if (isFixed && flags[key] !== undefined && flags[key] !== saved[key])
      throw new Error(
        `--${key} cannot change from "${saved[key]}" to "${flags[key]}": the data is already there. Set up another installation.`,
      );
    values[key] = isFixed ? saved[key] : await answer(flagOf(key), question, saved?.[key] ?? usual[key]);
  }
  const vars: Record<string, string> = { ...saved?.vars, ...settings };
  const suggested: Record<string, string> = { PUBLIC_URL: values.domain ? `https://${values.domain}` : "" };
  for (const [setting, question] of Object.entries(SETTINGS))
    vars[setting] = await answer(flagOf(setting), question, vars[setting] || suggested[setting] || "");
  const answers = checked({ ...saved, ...values, account_id, vars }, "An answer");
  if (vars.PUBLIC_URL && !isOrigin(vars.PUBLIC_URL))
    throw new Error(`--public-url must be like https://refer.acme.com, not ${vars.PUBLIC_URL}.`);
  if (vars.MAIL_FROM && !/^[^\s@<>]+@[^\s@<>]+\.[a-z]{2,}$/i.test(vars.MAIL_FROM))
    throw new Error(`--mail-from must be an email address, not ${vars.MAIL_FROM}.`);
  if (vars.STRIPE_PRICES) expectPrices(vars.STRIPE_PRICES);
  return answers;
}

async function accountOf(wanted: string | undefined, accounts: Account[], ask?: Ask) {
  const list = accounts.map(({ id, name }) => `  ${id}  ${name}`).join("\n");
  const [first, ...others] = accounts;
  if (!first) throw new Error("This login has no Cloudflare account.");
  const id = wanted ?? (others.length === 0 ? first.id : await ask?.(`Which account?\n${list}\nAccount ID`, first.id));
  if (id === undefined) throw new Error(`This login has several accounts. Choose one with --account:\n${list}`);
  if (!accounts.some((account) => account.id === id))
    throw new Error(`This login has no account ${id}. It has:\n${list}`);
  return id;
}

function isOrigin(url: string) {
  return URL.canParse(url) && new URL(url).origin === url && url.startsWith("https://");
}
