import { audited } from "../../auth/audited";
import type { PageContext } from "../../auth/page-session";
import { RewardParam, RewardStep, RewardsChange } from "../../ledger/records/reward-schema";
import { AppError, notFound } from "../../lib/errors";
import type { RewardOutcome } from "../../participants/rewards/reward-records";
import { createPages } from "../doors/pages";
import { blank, type Form, submits, takesForm } from "../ui/form";
import { doneAt, show } from "../ui/layout";
import { listFile } from "../ui/list-columns";
import { withoutDeleted } from "../views/view";
import { rewardColumns } from "./reward-columns";
import { demandCampaign, type RewardPlace, rewardList, rewardPage, rewardSlice, stepRewards } from "./reward-list";
import { RewardListQuery } from "./reward-list-query";
import { pathOf, REWARDS, rewardListView } from "./reward-list-view";
import { RewardView } from "./reward-view";

export const rewardPages = createPages([REWARDS]);

rewardPages.get(REWARDS, async (c) => listPage(c, blank()));

rewardPages.post(
  REWARDS,
  audited("Changed several rewards"),
  takesForm(RewardsChange, (c: PageContext, form) => listPage(c, form)),
  async (c) => {
    const { reward_id, ...step } = c.req.valid("form");
    const outcomes = await stepRewards(c.var.ctx, reward_id, step);
    if (outcomes.some((outcome) => outcome.refused !== null)) return listPage(c, blank(), outcomes);
    const path = pathOf(RewardListQuery.parse(c.req.query()));
    return c.redirect(doneAt(path, STEP_NOTICES[step.status]), 303);
  },
);

const STEP_NOTICES = { approved: "approved", fulfilled: "paid", revoked: "revoked" } as const;

async function listPage(c: PageContext, form: Form<unknown>, outcomes?: RewardOutcome[]) {
  const asked = RewardListQuery.parse(c.req.query());
  const { query, list, gone } = await withoutDeleted(asked, (wanted) => rewardList(c.var.ctx, wanted));
  const mayChange = c.var.session.role !== "viewer";
  const body = rewardListView({ c, gone, query, list, form, outcomes, mayChange });
  const isRefused = outcomes !== undefined || Object.keys(form.errors).length > 0;
  return show(c, { title: "Rewards", section: REWARDS, body, status: isRefused ? 400 : 200 });
}

rewardPages.get(`${REWARDS}/export`, async (c) => {
  const { ctx } = c.var;
  const query = RewardListQuery.parse(c.req.query());
  await demandCampaign(ctx, query);
  return listFile("rewards", rewardColumns, (after: RewardPlace | undefined) => rewardSlice(ctx, query, after));
});

const ONE = `${REWARDS}/:rewardId`;

function rewardIdIn(c: PageContext): number {
  const param = RewardParam.safeParse(c.req.param());
  if (!param.success) throw notFound("reward");
  return param.data.rewardId;
}

async function onePage(c: PageContext, form: Form<unknown> = blank()) {
  const reward = await rewardPage(c.var.ctx, rewardIdIn(c));
  const mayChange = c.var.session.role !== "viewer";
  const body = <RewardView reward={reward} form={form} mayChange={mayChange} />;
  return show(c, {
    title: "Reward",
    section: REWARDS,
    body,
    status: Object.keys(form.errors).length > 0 ? 400 : 200,
  });
}

rewardPages.get(ONE, (c) => onePage(c));

rewardPages.post(
  ONE,
  audited("Changed a reward"),
  ...submits(RewardStep, onePage, async (c, step) => {
    const { id } = await rewardPage(c.var.ctx, rewardIdIn(c));
    const [outcome] = await stepRewards(c.var.ctx, [id], step);
    if (outcome?.refused) throw new AppError("conflict", outcome.refused);
    return c.redirect(doneAt(`${REWARDS}/${id}`, STEP_NOTICES[step.status]), 303);
  }),
);
