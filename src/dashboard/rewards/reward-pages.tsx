import { audited } from "../../auth/audited";
import type { PageContext } from "../../auth/page-session";
import { valueFields } from "../../ledger/reward-fields";
import { RewardFilter, RewardsChange } from "../../ledger/reward-schema";
import { csvFile } from "../../lib/csv";
import { changeRewards, type RewardOutcome } from "../../participants/rewards/reward-records";
import { createPages } from "../doors/pages";
import { blank, type Form, takesForm } from "../ui/form";
import { doneAt, show } from "../ui/layout";
import { type ListedReward, rewardList, rewardSlices } from "./reward-list";
import { pathOf, REWARDS, rewardListView } from "./reward-list-view";

export const rewardPages = createPages([REWARDS]);

rewardPages.get(REWARDS, async (c) => listPage(c, blank()));

rewardPages.post(
  REWARDS,
  audited("Paid or revoked rewards"),
  takesForm(RewardsChange, (c: PageContext, form) => listPage(c, form)),
  async (c) => {
    const { reward_id, ...change } = c.req.valid("form");
    const outcomes = await changeRewards(c.var.ctx, reward_id, change);
    if (outcomes.some((outcome) => outcome.refused !== null)) return listPage(c, blank(), outcomes);
    const path = pathOf(RewardFilter.parse(c.req.query()));
    return c.redirect(doneAt(path, change.status === "fulfilled" ? "paid" : "revoked"), 303);
  },
);

async function listPage(c: PageContext, form: Form<unknown>, outcomes?: RewardOutcome[]) {
  const query = RewardFilter.parse(c.req.query());
  const list = await rewardList(c.var.ctx, query);
  const mayChange = c.var.session.role !== "viewer";
  const body = rewardListView({ query, list, form, outcomes, mayChange });
  const isRefused = outcomes !== undefined || Object.keys(form.errors).length > 0;
  return show(c, { title: "Rewards", section: REWARDS, body, status: isRefused ? 400 : 200 });
}

const COLUMNS = [
  "id",
  "campaign_id",
  "campaign_name",
  "participant_id",
  "name",
  "email",
  "role",
  "type",
  "status",
  "coupon",
  ...valueFields,
  "date_earned",
  "date_fulfilled",
  "note",
] as const satisfies (keyof ListedReward)[];

rewardPages.get(`${REWARDS}/export`, async (c) => {
  const slices = await rewardSlices(c.var.ctx, RewardFilter.parse(c.req.query()));
  return csvFile("rewards", [...COLUMNS], asRows(slices));
});

async function* asRows(slices: AsyncIterable<ListedReward[]>) {
  for await (const slice of slices)
    yield slice.map((reward) =>
      COLUMNS.map((column) => {
        const value = reward[column];
        return value instanceof Date ? value.toISOString() : value;
      }),
    );
}
