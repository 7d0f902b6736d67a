import { createPages } from "../doors/pages";
import { campaignBody, campaignIdIn } from "../ui/campaign-frame";
import { show } from "../ui/layout";
import { listFile } from "../ui/list-columns";
import { withoutDeleted } from "../views/view";
import { decisionColumns } from "./decision-columns";
import { DecisionFilter, decisionList } from "./decision-list";
import { DecisionListView, exportPath } from "./decision-list-view";

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
    title: `Decisions · ${list.head.name}`,
    section: "/campaigns",
    body: campaignBody(
      list.head,
      "/decisions",
      <DecisionListView c={c} list={list} filter={filter} gone={gone} />,
      list.rows.length > 0 && (
        <a class="button" href={exportPath(list.head.id, filter)}>
          Export as CSV
        </a>
      ),
    ),
  });
});

/** Each decision is read with its rewards and rules. */
const SLICE = 250;

decisionPages.get(`${PATH}/export`, (c) => {
  const [campaignId, filter] = [campaignIdIn(c), DecisionFilter.parse(c.req.query())];
  return listFile("decisions", decisionColumns, (before: string | undefined) =>
    decisionList(c.var.ctx, campaignId, { ...filter, ...(before && { before }) }, SLICE),
  );
});
