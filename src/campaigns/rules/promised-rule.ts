import { z } from "zod";
import { ruleRepeats, ruleTriggers } from "../../../drizzle/schema/conversions";
import { DEFAULT_EVENT } from "../../ledger/records/event-name";
import { kindNames, kindOf } from "../../ledger/records/reward-kinds";
import { RewardRole } from "../../ledger/records/reward-schema";
import { inMajorUnits } from "../../lib/currency";
import { count, fill, moneyIn, percentIn, type Texts } from "../../texts/text";

/** A rule that visitors can see. The content of a link or message is only visible to people who earned it. */
export const PromisedRule = z
  .object({
    role: RewardRole,
    trigger: z.enum(ruleTriggers),
    event_name: z.string().nullable(),
    first_only: z.boolean(),
    threshold: z.int(),
    repeat: z.enum(ruleRepeats),
    reward: z.object({
      type: z.enum(kindNames),
      amount: z.int().nullable().meta({ description: "In the currency's minor unit." }),
      percent: z.number().nullable().meta({ description: "The share of a conversion's amount." }),
      max_amount: z.int().nullable(),
      currency: z.string(),
    }),
    image_url: z.string().nullable(),
  })
  .meta({ id: "PromisedRule", description: "A visible rule of the campaign, besides its own goal and reward." });
export type PromisedRule = z.infer<typeof PromisedRule>;

/** The form in the database. */
type PromisedRow = Pick<PromisedRule, "role" | "trigger" | "threshold" | "repeat" | "image_url"> & {
  event_name: string;
  first_only: 0 | 1;
  reward_type: number;
  amount: number | null;
  basis_points: number | null;
  max_amount: number | null;
  currency: string;
};

const toPromised = (row: PromisedRow): PromisedRule => ({
  role: row.role,
  trigger: row.trigger,
  event_name: row.event_name || null,
  first_only: row.first_only === 1,
  threshold: row.threshold,
  repeat: row.repeat,
  reward: {
    type: kindOf(row.reward_type),
    amount: row.amount,
    percent: row.basis_points === null ? null : row.basis_points / 100,
    max_amount: row.max_amount,
    currency: row.currency,
  },
  image_url: row.image_url,
});

/** Reads rules from the database's JSON. */
export const readPromised = (json: string) => (JSON.parse(json) as PromisedRow[]).map(toPromised);

/** A rule's reward, as part of a sentence: `$10`, `5% of the amount`, `a coupon`. */
export function giftOf(
  { type, amount, percent, max_amount, currency }: PromisedRule["reward"],
  texts: Texts,
  language: string,
) {
  const money = (minor: number) => moneyIn(language, inMajorUnits(minor, currency), currency);
  const gift = () => {
    if (amount !== null) return money(amount);
    if (percent === null) return texts[`a_${type}`];
    const share = percentIn(language, percent);
    return max_amount === null
      ? fill(texts.share_of, { percent: share })
      : fill(texts.share_up_to, { percent: share, amount: money(max_amount) });
  };
  return type === "credit" && (amount ?? percent) !== null ? fill(texts.as_credit, { gift: gift() }) : gift();
}

/** A rule's promise on one line: `For each friend who joins: $10`. */
export function promiseOf(rule: PromisedRule, texts: Texts, language: string): string {
  return fill(texts.promise, { when: whenOf(rule, texts, language), gift: giftOf(rule.reward, texts, language) });
}

function whenOf(
  { role, trigger, event_name, first_only, threshold, repeat }: PromisedRule,
  texts: Texts,
  language: string,
) {
  const said = (name: "signup" | "visit" | "buy" | "first") =>
    count(texts, language, `when_${name}_${repeat}`, threshold);
  if (trigger === "visit") return said("visit");
  if (trigger === "signup") return role === "invited" ? texts.when_own_signup : said("signup");
  if (event_name !== DEFAULT_EVENT) {
    const said = count(texts, language, role === "invited" ? "when_own_event" : "when_event", threshold);
    return fill(said, { event: (event_name ?? "").replace(/[._-]+/g, " ") });
  }
  if (role === "invited")
    return count(texts, language, first_only ? "when_own_buy_once" : `when_own_buy_${repeat}`, threshold);
  return said(first_only ? "first" : "buy");
}
