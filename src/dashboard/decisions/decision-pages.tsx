import { createPages } from "../doors/pages";
import { campaignBody, campaignIdIn } from "../ui/campaign-frame";
import { show } from "../ui/layout";
import { withoutDeleted } from "../views/view";
import { DecisionFilter, decisionList } from "./decision-list";
import { DecisionListView } from "./decision-list-view";

const PATH = "/campaigns/:campaignId/decisions";

export const decisionPages = createPages([PATH]);

decisionPages.get(PATH, async (c) => {
  const campaignId = campaignIdIn(c);
  const asked = DecisionFilter.parse(c.req.query());
  const {
    query: filter,
    list,
    gone,
  } = await withoutDeleted(asked, (wanted) => decisionList(c.var.ctx, campaignId, wanted));
  return show(c, {
    title: `Decisions of ${list.head.name}`,
    section: "/campaigns",
    body: campaignBody(list.head, "/decisions", <DecisionListView c={c} list={list} filter={filter} gone={gone} />),
  });
});
