import { z } from "zod";
import { rewardKinds } from "../../ledger/records/reward-kinds";
import { Amount } from "../../lib/currency";
import { prose, WebUrl } from "../../lib/fields";

const { coupon, redirect, message, cash, credit } = rewardKinds;

/** The field that each kind requires. Tokens can only be given by the campaign's own goal. */
const NEEDS: Record<number, "redirect_url" | "custom_message" | "amount" | null> = {
  [coupon.id]: null,
  [redirect.id]: "redirect_url",
  [message.id]: "custom_message",
  [cash.id]: "amount",
  [credit.id]: "amount",
};
const KINDS = Object.keys(NEEDS).map(Number);
const FIELDS = ["redirect_url", "custom_message", "amount"] as const;

export const NewGift = z
  .object({
    reward_type: z
      .int()
      .refine(
        (type) => KINDS.includes(type),
        "must be 1 coupon, 2 redirect URL, 3 custom message, 5 cash, or 6 store credit",
      )
      .meta({
        type: "integer",
        enum: KINDS,
        description: "1 coupon, 2 redirect URL, 3 custom message, 5 cash, 6 store credit.",
        example: cash.id,
      }),
    amount: Amount.min(1)
      .nullish()
      .meta({ description: "For cash and store credit, in the minor unit of the campaign's currency." }),
    redirect_url: WebUrl.nullish(),
    custom_message: prose(10_000).nullish(),
    note: prose(1000).nullish().meta({ description: "The reason. Participants do not see it." }),
  })
  .superRefine((gift, c) => {
    const needed = NEEDS[gift.reward_type];
    const refuse = (path: string, message: string) => c.addIssue({ code: "custom", path: [path], message });
    if (needed && (gift[needed] ?? "") === "") refuse(needed, "is required");
    for (const name of FIELDS)
      if (name !== needed && (gift[name] ?? "") !== "") refuse(name, "is not for this reward_type");
  })
  .meta({ id: "NewReward", description: "A reward given by hand. Its fields depend on `reward_type`." });
export type NewGift = z.infer<typeof NewGift>;
