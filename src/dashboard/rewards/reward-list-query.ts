import { z } from "zod";
import { RewardFilter } from "../../ledger/records/reward-schema";
import { Id } from "../../lib/fields";
import { filter } from "../../lib/page";

/** The list's filters and order, and the open saved view. Invalid ones are ignored. */
export const RewardListQuery = RewardFilter.extend({
  sort: filter(z.enum(["newest", "oldest", "largest", "smallest"])).catch(undefined),
  view: filter(Id).catch(undefined),
});
export type RewardListQuery = z.infer<typeof RewardListQuery>;
