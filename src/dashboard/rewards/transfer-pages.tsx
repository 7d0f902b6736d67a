import { audited } from "../../auth/audited";
import type { PageContext } from "../../auth/page-session";
import { campaignChoices } from "../../campaigns/campaign-choice";
import { notFound } from "../../lib/errors";
import { actOnTransfer, toTransfer, transferQueries } from "../../participants/transfers/transfer";
import type { NamedTransfer } from "../../participants/transfers/transfer-list-store";
import { TransferAct, TransferParam, TransferQuery } from "../../participants/transfers/transfer-schema";
import { tokensOf } from "../../participants/wallet/token-settings";
import { createPages } from "../doors/pages";
import { blank, type Form, submits } from "../ui/form";
import { doneAt, show } from "../ui/layout";
import { REWARDS } from "./reward-list-view";
import { TRANSFERS, transferView } from "./transfer-view";

/** These forms send money out of the wallet, so only owners may submit them. */
export const transferPages = createPages([TRANSFERS], { changes: "owner" });

/** The page's filters. Invalid filters are ignored. */
const Filter = TransferQuery.extend({
  campaign_id: TransferQuery.shape.campaign_id.catch(undefined),
  state: TransferQuery.shape.state.catch(undefined),
});

transferPages.get(TRANSFERS, (c) => page(c, blank()));

transferPages.post(
  `${TRANSFERS}/:rewardId`,
  audited("Changed a transfer"),
  ...submits(TransferAct, page, async (c: PageContext, { act }) => {
    const param = TransferParam.safeParse(c.req.param());
    if (!param.success) throw notFound("transfer");
    await actOnTransfer(c.var.ctx, param.data.rewardId, act);
    return c.redirect(doneAt(TRANSFERS, `transfer_${act}`), 303);
  }),
);

async function page(c: PageContext, form: Form<unknown>) {
  const query = Filter.parse(c.req.query());
  const { ctx } = c.var;
  const [choices, rows, [counted], toApprove] = await ctx.db.batch([
    campaignChoices(ctx),
    ...transferQueries(ctx, query),
  ]);
  const shown = (row: NamedTransfer) => ({
    ...toTransfer(ctx, row),
    name: row.name,
    email: row.email,
    campaign_name: row.campaign_name,
  });
  const body = transferView({
    query,
    rows: rows.map(shown),
    total: counted?.total ?? 0,
    toApprove: toApprove.map(shown),
    choices,
    tokens: tokensOf(ctx.env),
    form,
    isOwner: c.var.session.role === "owner",
  });
  return show(c, {
    title: "Transfers",
    section: REWARDS,
    body,
    status: Object.keys(form.errors).length > 0 ? 400 : 200,
  });
}
