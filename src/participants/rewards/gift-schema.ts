import { z } from "zod";
import { GIVEN_KINDS, givenFields, givenIds, MUST_BE_GIVEN, neededBy } from "../../ledger/records/given-kinds";
import { rewardKinds } from "../../ledger/records/reward-kinds";
import { Amount } from "../../lib/currency";
import { prose, WebUrl } from "../../lib/fields";

export const NewGift = z
  .object({
    reward_type: z
      .int()
      .refine((type) => givenIds.includes(type), MUST_BE_GIVEN)
      .meta({ type: "integer", enum: givenIds, description: GIVEN_KINDS, example: rewardKinds.cash.id }),
    amount: Amount.min(1)
      .nullish()
      .meta({ description: "For cash and store credit, in the minor unit of the campaign's currency." }),
    redirect_url: WebUrl.nullish(),
    custom_message: prose(10_000).nullish(),
    note: prose(1000).nullish().meta({ description: "The reason. Participants do not see it." }),
  })
  .superRefine((gift, c) => {
    const needed = neededBy(gift.reward_type);
    const refuse = (path: string, message: string) => c.addIssue({ code: "custom", path: [path], message });
    if (needed && (gift[needed] ?? "") === "") refuse(needed, "is required");
    for (const name of givenFields)
      if (name !== needed && (gift[name] ?? "") !== "") refuse(name, "is not for this reward_type");
  })
  .meta({ id: "NewReward", description: "A reward given by hand. Its fields depend on `reward_type`." });
export type NewGift = z.infer<typeof NewGift>;
