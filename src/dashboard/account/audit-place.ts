import type { Entry } from "../../auth/audit/audit-entry";
import { campaignLabel } from "../../campaigns/campaign-choice";
import { shownDomain } from "../../lib/domain";

const THINGS: Record<string, string> = {
  brands: "Brand",
  campaigns: "Campaign",
  participants: "Participant",
  webhooks: "Webhook",
};
/** The parts of the product, by the first word of a dashboard or API path, and each part's page if it has one. */
const SECTIONS: Record<string, readonly [label: string, page: string | null]> = {
  account: ["Account", "/account"],
  "api-keys": ["API keys", "/api-keys"],
  auth: ["Account", "/account"],
  billing: ["Plan", "/plan"],
  brands: ["Brands", "/brands"],
  campaigns: ["Campaigns", "/campaigns"],
  conversions: ["Conversions", null],
  decisions: ["Decisions", null],
  deliveries: ["Webhooks", "/webhooks"],
  domains: ["Brands", "/brands"],
  events: ["Events", "/events"],
  exports: ["Exports", null],
  images: ["Images", "/images"],
  imports: ["Imports", null],
  keys: ["API keys", "/api-keys"],
  lists: ["Allow and block lists", "/lists"],
  members: ["API keys", "/api-keys"],
  operator: ["Account", "/account"],
  participants: ["Participants", "/participants"],
  payouts: ["Payouts", "/rewards/payouts"],
  plan: ["Plan", "/plan"],
  privacy: ["Participants", "/participants"],
  refunds: ["Refunds", null],
  reports: ["Shared reports", "/reports"],
  reviews: ["Reviews", "/reviews"],
  rewards: ["Rewards", "/rewards"],
  signups: ["Participants", "/participants"],
  team: ["Team", "/team"],
  "test-data": ["Test mode", "/test-mode"],
  "test-mode": ["Test mode", "/test-mode"],
  transfers: ["Token transfers", "/rewards/transfers"],
  views: ["Saved views", null],
  webhooks: ["Webhooks", "/webhooks"],
  zapier: ["Webhooks", "/webhooks"],
};

/** What was changed: its name and page if it still exists, otherwise its ID. */
export function placeOf({ path, thing: name, brand }: Pick<Entry, "path" | "thing" | "brand">): {
  label: string;
  page: string | null;
} {
  const [section = "", id = ""] = path.split("/").slice(1);
  const thing = THINGS[section];
  if (thing && /^\d+$/.test(id))
    return name === null
      ? { label: `${thing} ${id} (deleted)`, page: null }
      : {
          label: section === "brands" ? shownDomain(name) : campaignLabel({ name, brand_name: brand }),
          page: `/${section}/${id}`,
        };
  const [label, page] = SECTIONS[section] ?? [path, null];
  return { label, page };
}
