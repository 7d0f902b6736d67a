import { valueFields } from "../../ledger/records/reward-fields";
import { CampaignLink } from "../ui/campaign-link";
import type { ListColumn } from "../ui/list-columns";
import { Time } from "../ui/parts";
import { kindWords, Person, RewardBadge, RewardWords } from "../ui/reward-words";
import type { ListedReward } from "./reward-list";
import type { RewardListQuery } from "./reward-list-query";

type Column = ListColumn<ListedReward, NonNullable<RewardListQuery["sort"]>>;

/** What a held reward is waiting for. */
export const HeldFor = ({ reward: { status, held_until, needs_approval } }: { reward: ListedReward }) =>
  status !== "held" ? null : (
    <div class="quiet">
      {needs_approval ? "Needs your approval" : "Until"} {held_until && needs_approval && "and held until"}{" "}
      {held_until && <Time at={held_until} />}
    </div>
  );

const Earned = ({ reward }: { reward: ListedReward }) => (
  <>
    <a class="person" href={`/rewards/${reward.id}`}>
      <RewardWords reward={reward} />
    </a>
    <div class="quiet">
      {kindWords[reward.type].name}, {reward.role === "invited" ? "for joining through a friend" : "for inviting"}
    </div>
  </>
);

const Status = ({ reward }: { reward: ListedReward }) => (
  <>
    <RewardBadge status={reward.status} />
    <HeldFor reward={reward} />
    {reward.expires_at && (
      <div class="quiet">
        Expires <Time at={reward.expires_at} />
      </div>
    )}
    {reward.note && <div class="quiet">{reward.note}</div>}
  </>
);

/** The list of rewards, on the page and as a file. */
export const rewardColumns: Column[] = [
  { name: "id", value: ({ id }) => id },
  { name: "campaign_id", value: ({ campaign_id }) => campaign_id },
  {
    name: "campaign_name",
    value: ({ campaign_name }) => campaign_name,
    page: {
      at: 4,
      heading: "Campaign",
      cell: ({ campaign_id, campaign_name }) => <CampaignLink id={campaign_id} name={campaign_name} tab="/rewards" />,
    },
  },
  { name: "brand_name", value: ({ brand_name }) => brand_name },
  {
    name: "participant_id",
    value: ({ participant_id }) => participant_id,
    page: {
      at: 1,
      heading: "Participant",
      cell: ({ participant_id, name, email }) => <Person id={participant_id} name={name} email={email} />,
    },
  },
  { name: "name", value: ({ name }) => name },
  { name: "email", value: ({ email }) => email },
  { name: "role", value: ({ role }) => role },
  {
    name: "type",
    value: ({ type }) => type,
    page: {
      at: 2,
      heading: "Reward",
      sort: { down: "largest", up: "smallest" },
      cell: (reward) => <Earned reward={reward} />,
    },
  },
  {
    name: "status",
    value: ({ status }) => status,
    page: { at: 3, heading: "Status", cell: (reward) => <Status reward={reward} /> },
  },
  { name: "coupon", value: ({ coupon }) => coupon },
  ...valueFields.map((name): Column => ({ name, value: (reward) => reward[name] })),
  {
    name: "date_earned",
    value: ({ date_earned }) => date_earned,
    page: {
      at: 5,
      heading: "Earned",
      sort: { down: "newest", up: "oldest" },
      cell: ({ date_earned }) => <Time at={date_earned} />,
    },
  },
  { name: "date_fulfilled", value: ({ date_fulfilled }) => date_fulfilled },
  { name: "note", value: ({ note }) => note },
  { name: "expires_at", value: ({ expires_at }) => expires_at },
  { name: "date_expired", value: ({ date_expired }) => date_expired },
  { name: "expired_amount", value: ({ expired_amount }) => expired_amount },
];
