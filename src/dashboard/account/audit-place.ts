import { shownDomain } from "../../lib/domain";

const THINGS: Record<string, string> = {
  brands: "Brand",
  campaigns: "Campaign",
  participants: "Participant",
  webhooks: "Webhook",
};
const SECTIONS: Record<string, string> = {
  brands: "Brands",
  campaigns: "Campaigns",
  participants: "Participants",
  rewards: "Rewards",
  reviews: "Reviews",
  lists: "Allow and block lists",
  webhooks: "Webhooks",
  deliveries: "Webhooks",
  events: "Events",
  "api-keys": "API keys",
  members: "API keys",
  zapier: "Webhooks",
  plan: "Plan",
  team: "Team",
  images: "Images",
  account: "Account",
  views: "Saved views",
};
const PATHS: Record<string, string | null> = {
  views: null,
  deliveries: "/webhooks",
  zapier: "/webhooks",
  members: "/api-keys",
};

/** What was changed: its name and page if it still exists, otherwise its ID. */
export function placeOf(path: string, name: string | null): { label: string; page: string | null } {
  const [section = "", id = ""] = path.split("/").slice(1);
  const thing = THINGS[section];
  if (thing && /^\d+$/.test(id))
    return name === null
      ? { label: `${thing} ${id} (deleted)`, page: null }
      : { label: section === "brands" ? shownDomain(name) : name, page: `/${section}/${id}` };
  const label = SECTIONS[section];
  if (label) return { label, page: section in PATHS ? (PATHS[section] ?? null) : `/${section}` };
  return { label: path, page: null };
}
