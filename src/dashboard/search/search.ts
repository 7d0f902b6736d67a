import type { Seen } from "../../../drizzle/schema";
import { brandChoices } from "../../campaigns/brand-choice";
import type { MemberCtx } from "../../lib/ctx";
import { shownDomain } from "../../lib/domain";
import { shownEmail } from "../../lib/email-address";
import type { IconName } from "../../lib/icon";
import { nameSearch } from "../../lib/name-search";
import { isForAll } from "../ui/brand-places";
import { brandNames } from "../ui/campaign-link";
import { destinations } from "./destinations";
import * as store from "./search-store";

type Hit = { path: string; label: string; about: string; icon: IconName };
export type Hits = { name: string; hits: Hit[] }[];

/** How much one search reads, no matter how large the account is. */
const [PEOPLE_MAX, CAMPAIGNS_MAX, WEBHOOKS_MAX, SHOWN] = [1000, 500, 200, 6];

/** Pages whose names match. Without a search text, all pages. */
const pages = (q: string, seen: Seen): Hit[] => {
  const fits = nameSearch(q);
  return destinations
    .filter(({ path }) => seen === undefined || isForAll(path))
    .filter(({ label, words }) => q === "" || fits(`${label} ${words}`))
    .map(({ path, label, icon }) => ({ path, label, about: "", icon }));
};

/**
 * Finds pages, campaigns, brands, and webhooks by any part of their names, and participants by the start of their
 * email. The newest participants are also found by any part of their name.
 */
export async function search(ctx: MemberCtx, q: string): Promise<Hits> {
  const { memberId, brandIds: seen } = ctx.actor;
  if (q === "") return [{ name: "Go to", hits: pages(q, seen) }];
  const [named, mailed, campaigns, brands, webhooks] = await ctx.db.batch([
    store.newest(ctx.db, memberId, seen, PEOPLE_MAX),
    store.byEmail(ctx.db, memberId, seen, q.toLowerCase(), CAMPAIGNS_MAX, SHOWN),
    store.campaignNames(ctx.db, memberId, seen, CAMPAIGNS_MAX),
    brandChoices(ctx),
    store.webhookLinks(ctx.db, memberId, seen ? 0 : WEBHOOKS_MAX),
  ]);
  const fits = nameSearch(q);
  const brandOf = brandNames(campaigns.map(({ id, brand }) => ({ id, brand_name: brand })));
  const people = new Map([...mailed, ...named.filter(({ name }) => fits(name))].map((person) => [person.id, person]));
  return [
    {
      name: "Participants",
      hits: [...people.values()].map(({ id, name, email, campaign_id, campaign_name }) => ({
        path: `/participants/${id}`,
        label: name || shownEmail(email ?? ""),
        about: [name && shownEmail(email ?? ""), campaign_name, brandOf.get(campaign_id)].filter(Boolean).join(" · "),
        icon: "user-round" as const,
      })),
    },
    {
      name: "Campaigns",
      hits: campaigns
        .filter(({ name, brand }) => fits(`${name} ${shownDomain(brand)}`))
        .map(({ id, name, brand }) => ({
          path: `/campaigns/${id}`,
          label: name,
          about: shownDomain(brand),
          icon: "megaphone" as const,
        })),
    },
    {
      name: "Brands",
      hits: brands
        .filter(({ name }) => fits(shownDomain(name)))
        .map(({ id, name }) => ({
          path: `/brands/${id}`,
          label: shownDomain(name),
          about: "",
          icon: "store" as const,
        })),
    },
    {
      name: "Webhooks",
      hits: webhooks
        .filter(({ link }) => fits(link))
        .map(({ id, link }) => ({ path: `/webhooks/${id}`, label: link, about: "", icon: "webhook" as const })),
    },
    { name: "Go to", hits: pages(q, seen) },
  ]
    .map(({ name, hits }) => ({ name, hits: hits.slice(0, SHOWN) }))
    .filter(({ hits }) => hits.length > 0);
}
