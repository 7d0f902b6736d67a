import { campaignStatus } from "../../ledger/records/lifecycle";
import { shownDomain } from "../../lib/domain";
import { PublishBadge, StatusBadge } from "../ui/campaign-frame";
import type { ListColumn } from "../ui/list-columns";
import { Badge, count, Time } from "../ui/parts";
import { type CampaignRow, type CampaignSort, stockOf } from "./campaign-list";

const States = ({ row, now }: { row: CampaignRow; now: Date }) => {
  const stock = stockOf(row);
  return (
    <span class="badges">
      <StatusBadge status={campaignStatus(row, now)} />
      <PublishBadge publish={row.publish} />
      {stock === "out" && <Badge tone="bad">No unused codes</Badge>}
      {stock === "low" && <Badge tone="warn">Coupons low</Badge>}
      {row.has_contest && <Badge>Contest running</Badge>}
    </span>
  );
};

/** The list of campaigns, on the page and as a file. Statuses are computed for `now`. */
export const campaignColumns = (now: Date): ListColumn<CampaignRow, CampaignSort>[] => [
  { name: "id", value: ({ id }) => id },
  {
    name: "name",
    value: ({ name }) => name,
    page: {
      at: 1,
      heading: "Campaign",
      sort: { up: "name" },
      cell: ({ id, name }) => (
        <a class="campaign-name" href={`/campaigns/${id}`}>
          {name}
        </a>
      ),
    },
  },
  {
    name: "brand",
    value: ({ brand_name }) => shownDomain(brand_name),
    page: { at: 2, heading: "Brand", cell: ({ brand_name }) => <span class="quiet">{shownDomain(brand_name)}</span> },
  },
  {
    name: "status",
    value: (row) => campaignStatus(row, now),
    page: { at: 3, heading: "Status", cell: (row) => <States row={row} now={now} /> },
  },
  { name: "publish", value: ({ publish }) => publish },
  {
    name: "participants",
    value: ({ total_participants }) => total_participants,
    page: {
      at: 4,
      heading: "Participants",
      isNumber: true,
      sort: { down: "participants" },
      cell: ({ total_participants }) => count(total_participants),
    },
  },
  {
    name: "referrals",
    value: ({ total_referrals }) => total_referrals,
    page: {
      at: 5,
      heading: "Referrals",
      isNumber: true,
      sort: { down: "referrals" },
      cell: ({ total_referrals }) => count(total_referrals),
    },
  },
  {
    name: "clicks",
    value: ({ total_clicks }) => total_clicks,
    page: {
      at: 6,
      heading: "Clicks",
      isNumber: true,
      sort: { down: "clicks" },
      cell: ({ total_clicks }) => count(total_clicks),
    },
  },
  {
    name: "date_added",
    value: ({ date_added }) => date_added,
    page: {
      at: 7,
      heading: "Created",
      sort: { down: "newest" },
      cell: ({ date_added }) => <Time at={date_added} />,
    },
  },
];
