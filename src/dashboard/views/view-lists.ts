import type { z } from "zod";
import type { ListWithViews } from "../../../drizzle/schema";
import { ListQuery } from "../campaigns/campaign-list";
import { ConversionFilter } from "../conversions/conversion-forms";
import { DecisionFilter } from "../decisions/decision-list";
import { EventFilter } from "../events/event-list";
import { PeopleQuery } from "../participants/participant-forms";
import { RewardListQuery } from "../rewards/reward-list-query";
import { DeliveryLook } from "../webhooks/endpoint-schema";

/** Each list with views: what its URL may ask for, and where it is. */
const lists: Record<ListWithViews, { schema: z.ZodType<Record<string, unknown>>; path: RegExp }> = {
  participants: { schema: PeopleQuery, path: /^\/participants$/ },
  campaign_participants: {
    schema: PeopleQuery.omit({ campaign_id: true }),
    path: /^\/campaigns\/\d{1,15}\/participants$/,
  },
  rewards: { schema: RewardListQuery, path: /^\/rewards$/ },
  conversions: { schema: ConversionFilter, path: /^\/campaigns\/\d{1,15}\/conversions$/ },
  decisions: { schema: DecisionFilter, path: /^\/campaigns\/\d{1,15}\/decisions$/ },
  campaigns: { schema: ListQuery, path: /^\/campaigns$/ },
  events: { schema: EventFilter, path: /^\/events$/ },
  deliveries: { schema: DeliveryLook, path: /^\/webhooks\/\d{1,15}$/ },
};

/** Where a reader is in a list is no part of a view. */
const PLACES = ["view", "page", "limit", "after", "before", "done"];

const parsed = (list: ListWithViews, asked: Record<string, unknown>) =>
  Object.entries(lists[list].schema.parse(asked)).filter(
    ([name, value]) => value !== undefined && !PLACES.includes(name),
  );

/** What a list's URL asks for, in one form: what the list does not know is left out. */
export const viewQuery = (list: ListWithViews, asked: string) =>
  new URLSearchParams(
    parsed(list, Object.fromEntries(new URLSearchParams(asked)))
      .map(([name, value]) => [name, String(value)])
      .sort(([a = ""], [b = ""]) => (a < b ? -1 : 1)),
  ).toString();

/** The parameters in a list's URL that it does not know, or no longer. */
export function outdatedIn(list: ListWithViews, asked: string): [name: string, value: string][] {
  const sent = [...new URLSearchParams(asked)].filter(
    ([name, value]) => value !== "" && !name.startsWith("@") && !PLACES.includes(name),
  );
  const known = new Set(parsed(list, Object.fromEntries(sent)).map(([name]) => name));
  return sent.filter(([name]) => !known.has(name));
}

/** Whether a list is at this path. */
export const isAt = (list: ListWithViews, path: string) => lists[list].path.test(path);
