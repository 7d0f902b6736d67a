import type { ListWithViews } from "../../../drizzle/schema";
import { ListQuery } from "../campaigns/campaign-list";
import { ConversionFilter } from "../conversions/conversion-forms";
import { DecisionFilter } from "../decisions/decision-list";
import { EventFilter } from "../events/event-list";
import { CampaignPeopleQuery, PeopleQuery } from "../participants/participant-forms";
import { RewardListQuery } from "../rewards/reward-list-query";
import type { ListSchema } from "../views/view-query";
import { DeliveryLook } from "../webhooks/endpoint-schema";

/** The lists with views: the schema of each list's URL, and its path. */
const lists: Record<ListWithViews, { schema: ListSchema; path: RegExp }> = {
  participants: { schema: PeopleQuery, path: /^\/participants$/ },
  campaign_participants: {
    schema: CampaignPeopleQuery,
    path: /^\/campaigns\/\d{1,15}\/participants$/,
  },
  rewards: { schema: RewardListQuery, path: /^\/rewards$/ },
  conversions: { schema: ConversionFilter, path: /^\/campaigns\/\d{1,15}\/conversions$/ },
  decisions: { schema: DecisionFilter, path: /^\/campaigns\/\d{1,15}\/decisions$/ },
  campaigns: { schema: ListQuery, path: /^\/campaigns$/ },
  events: { schema: EventFilter, path: /^\/events$/ },
  deliveries: { schema: DeliveryLook, path: /^\/webhooks\/\d{1,15}$/ },
};

/** The schema of a list's URL. */
export const schemaOf = (list: ListWithViews) => lists[list].schema;

/** Whether a list is at this path. */
export const isAt = (list: ListWithViews, path: string) => lists[list].path.test(path);
