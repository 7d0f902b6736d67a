/** Reads a rule's field from its form: amounts in the major unit, flags as any text, empty fields as "". */
export type Typed = (name: string) => string;

const UNSET = "…";
let numbers: Intl.NumberFormat | undefined;
let plurals: Intl.PluralRules | undefined;
/** Created on use: the Worker also loads this file, and starts faster without them. */
const grouped = (n: number) => {
  numbers ??= new Intl.NumberFormat("en");
  return numbers.format(n);
};
const pluralOf = (n: number) => {
  plurals ??= new Intl.PluralRules("en", { type: "ordinal" });
  return plurals.select(n);
};
const ORDINAL: Record<string, string> = { one: "st", two: "nd", few: "rd", other: "th" };

const numberIn = (text: string) => (text === "" || Number.isNaN(Number(text)) ? null : Number(text));
const numeral = (text: string) => {
  const value = numberIn(text);
  return value === null ? UNSET : grouped(value);
};
const ordinal = (n: number) => `${grouped(n)}${ORDINAL[pluralOf(n)]}`;
const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);
const several = (text: string, one: string) => `${numeral(text)} ${Number(text) === 1 ? one : `${one}s`}`;

/** `$12.50`, and `$12` without cents. */
function money(text: string, currency: string) {
  const value = numberIn(text);
  const format = new Intl.NumberFormat("en", {
    style: "currency",
    currency,
    maximumFractionDigits: 4,
    ...(value === null || Number.isInteger(value) ? { minimumFractionDigits: 0 } : {}),
  });
  return value === null ? format.format(0).replace("0", UNSET) : format.format(value);
}

/** The text for each kind of gift. A percentage is of the sale, so it starts the sentence. */
const GIFTS: Record<string, (typed: Typed) => string> = {
  amount: (typed) => money(typed("reward.amount"), typed("currency")) + (isCredit(typed) ? " store credit" : ""),
  coupon: (typed) => {
    const worth = typed("reward.worth_value");
    return worth === "" ? "coupon code" : `${money(worth, typed("currency"))} coupon`;
  },
  redirect: () => "link",
  message: () => "message",
  token: () => "tokens",
};

const isCredit = (typed: Typed) => typed("paid_as") === "credit";

type Noun = [one: string, many: string];

/** The counted thing, in singular and plural. */
function nounOf(typed: Typed): Noun {
  if (typed("trigger") === "signup") return ["friend", "friends"];
  if (typed("trigger") === "visit") return ["visitor", "visitors"];
  const name = typed("event_name");
  const [one, many]: Noun =
    name === "purchase" || name === ""
      ? ["purchase", "purchases"]
      : [`“${name.replace(/[._-]+/g, " ")}”`, `“${name.replace(/[._-]+/g, " ")}” events`];
  const min = typed("min_amount");
  const least = (numberIn(min) ?? 0) > 0 ? ` of ${money(min, typed("currency"))} or more` : "";
  return [one + least, many + least];
}

/** `each purchase`, `the 3rd friend's first purchase`: what a percentage applies to. */
function shareOf(typed: Typed, n: number, [one]: Noun) {
  const isOnce = typed("repeat") === "once";
  const first = typed("first_only") !== "";
  if (n === 1 && !isOnce) return first ? `each friend's first ${one}` : `each ${one}`;
  if (n === 1) return `the first ${one}`;
  return `${isOnce ? "the" : "every"} ${ordinal(n)} ${first ? `friend's first ${one}` : one}`;
}

/** `3 friends`, `every 3 purchases`: the goal for a reward that is not a percentage. */
function goalOf(typed: Typed, n: number, [one, many]: Noun) {
  const isOnce = typed("repeat") === "once";
  const count = grouped(n);
  if (typed("trigger") === "signup" && typed("role") === "invited") return "joining through a friend";
  if (typed("first_only") !== "") {
    if (n === 1) return isOnce ? `a first ${one}` : `each friend's first ${one}`;
    return `first ${many} of ${isOnce ? "" : "every "}${count} friends`;
  }
  if (n === 1) return isOnce ? `1 ${one}` : `each ${one}`;
  return `${isOnce ? "" : "every "}${count} ${many}`;
}

/** A rule's possible limits. "" for a limit it does not have. */
const LIMITS: ((typed: Typed) => string)[] = [
  (typed) =>
    typed("gives") === "percent" && typed("reward.max_amount")
      ? `at most ${money(typed("reward.max_amount"), typed("currency"))}`
      : "",
  (typed) => typed("reward.duration_months") && `for ${several(typed("reward.duration_months"), "month")}`,
  (typed) =>
    typed("repeat") === "once"
      ? ""
      : typed("max_per_participant") && `at most ${numeral(typed("max_per_participant"))} per participant`,
  (typed) => typed("max_per_month") && `at most ${numeral(typed("max_per_month"))} a month`,
  (typed) => typed("budget") && `until ${money(typed("budget"), typed("currency"))} is spent`,
  (typed) => ((numberIn(typed("hold_days")) ?? 0) > 0 ? `held ${several(typed("hold_days"), "day")}` : ""),
  (typed) => typed("needs_approval") && "after your approval",
  (typed) => typed("expires_days") && `expires after ${several(typed("expires_days"), "day")}`,
];

/** A rule in one sentence: `3 friends → $10 coupon`, `10% of each purchase, at most $50, held 30 days`. */
export function ruleSentence(typed: Typed): string {
  const n = Math.max(1, Math.round(numberIn(typed("threshold")) ?? 1));
  const noun = nounOf(typed);
  const head =
    typed("gives") === "percent"
      ? `${numeral(typed("reward.percent"))}% of ${shareOf(typed, n, noun)}${isCredit(typed) ? " as store credit" : ""}`
      : `${capital(goalOf(typed, n, noun))} → ${GIFTS[typed("gives")]?.(typed) ?? UNSET}`;
  return [head, ...LIMITS.map((limit) => limit(typed)).filter(Boolean)].join(", ");
}
