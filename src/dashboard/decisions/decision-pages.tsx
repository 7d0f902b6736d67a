import { createPages } from "../doors/pages";
import { campaignBody, campaignIdIn } from "../ui/campaign-frame";
import { show } from "../ui/layout";
import { DecisionFilter, decisionList } from "./decision-list";
import { DecisionListView } from "./decision-list-view";

const PATH = "/campaigns/:campaignId/decisions";

export const decisionPages = createPages([PATH]);

decisionPages.get(PATH, async (c) => {
  const filter = DecisionFilter.parse(c.req.query());
  const list = await decisionList(c.var.ctx, campaignIdIn(c), filter);
  return show(c, {
    title: `Decisions of ${list.head.name}`,
    section: "/campaigns",
    body: campaignBody(list.head, "/decisions", <DecisionListView list={list} filter={filter} />),
  });
});
