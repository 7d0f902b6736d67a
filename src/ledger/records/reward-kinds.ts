import { z } from "zod";
import type { campaignRewards, RewardValue } from "../../../drizzle/schema/index";
import { integer, line, MoneyIn, prose, WebUrl, type Wire } from "../../lib/fields";

/** A field of a campaign's reward settings: how the API accepts it and how it returns it. */
export type Field = { takes: z.ZodType; shows: z.ZodType };

type Kind = {
  /** The value of `reward_type`, in the API and in the database. */
  id: number;
  /** Its name in the API reference. */
  about: string;
  /**
   * `by code` waits for a coupon code. `by hand` and `by transfer` wait until they are marked as given. For `by hand`,
   * the dashboard reminds the member.
   */
  fulfilled: "at once" | "by code" | "by hand" | "by transfer";
  /**
   * Set in the campaign and copied into each reward when it is earned. Participants see `redirect_url`, `custom_message`,
   * and the fields of `amount`.
   */
  value: { [C in RewardValue as Wire<C>]?: Field };
  /** Set in the campaign only. */
  settings: { [C in keyof typeof campaignRewards.$inferSelect as Wire<C>]?: Field };
  /** The field of `value` that the reward requires to be worth anything. */
  needs?: Wire<RewardValue>;
  /** The fields of its amount, which visitors see, too. A number is in the currency's major unit; text is shown as is. */
  amount?: Wire<RewardValue>[];
};

const text = <S extends z.ZodType>(takes: S) => ({ takes: takes.nullable(), shows: z.string().nullable() });
const money = (description: string) => ({
  takes: MoneyIn.nullable(),
  shows: z.number().nullable().meta({ description }),
});

const AMOUNT = /^[0-9]{1,60}(\.[0-9]{1,30})?$/;
const decimal = z
  .union([z.number().transform(String), z.string()])
  .pipe(z.string().regex(AMOUNT, "must be a decimal number"))
  .nullable()
  .meta({
    type: ["string", "null"],
    description: "A decimal number as text, because tokens can have many digits.",
    example: "2.5",
  });

/**
 * Every kind of reward, by its name in the API. The dashboard's texts for each are in `dashboard/ui/reward-words.tsx`.
 */
export const rewardKinds = {
  coupon: {
    id: 1,
    about: "coupon",
    fulfilled: "by code",
    value: {},
    settings: { worth_value: money("The reward's value in dollars, for example what a coupon is worth.") },
  },
  redirect: {
    id: 2,
    about: "redirect URL",
    fulfilled: "at once",
    value: { redirect_url: text(WebUrl) },
    settings: {},
    needs: "redirect_url",
  },
  message: {
    id: 3,
    about: "custom message",
    fulfilled: "at once",
    value: { custom_message: text(prose(10_000)) },
    settings: {},
    needs: "custom_message",
  },
  token: {
    id: 4,
    about: "crypto token (VNOC-linked brands only)",
    fulfilled: "by transfer",
    value: {
      token_symbol: text(line(20)),
      token_address: text(line(128)),
      token_amount: { takes: decimal, shows: z.string().nullable() },
    },
    settings: {
      token_chain_id: { takes: integer(1, Number.MAX_SAFE_INTEGER).nullable(), shows: z.int().nullable() },
    },
    amount: ["token_amount", "token_symbol"],
  },
  cash: {
    id: 5,
    about: "cash",
    fulfilled: "by hand",
    value: { cash_value: money("The currency's major unit.") },
    settings: {},
    needs: "cash_value",
    amount: ["cash_value"],
  },
  credit: {
    id: 6,
    about: "store credit",
    fulfilled: "at once",
    value: {
      credit_value: money("The currency's major unit. Redeemed in parts with `POST /participants/{id}/redemptions`."),
    },
    settings: {},
    needs: "credit_value",
    amount: ["credit_value"],
  },
} satisfies Record<string, Kind>;

export type RewardKind = keyof typeof rewardKinds;

/** Typed views of the table, for code that treats all kinds the same. */
export const kindNames = Object.keys(rewardKinds) as RewardKind[];
export const kindFacts = (kind: RewardKind): Kind => rewardKinds[kind];
export const kindIds = kindNames.map((kind) => rewardKinds[kind].id);
export const idsFulfilled = (...ways: Kind["fulfilled"][]) =>
  kindNames.filter((kind) => ways.includes(rewardKinds[kind].fulfilled)).map((kind) => rewardKinds[kind].id);

const namesById = new Map(kindNames.map((kind) => [rewardKinds[kind].id, kind]));

/** The kind for a `reward_type`. @throws if there is none */
export function kindOf(id: number): RewardKind {
  const kind = namesById.get(id);
  if (!kind) throw new Error(`no kind of reward has the id ${id}`);
  return kind;
}
