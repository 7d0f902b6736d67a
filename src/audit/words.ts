/** What was done on a route, in words. A test holds that every route that leaves an entry has its own. */
export const SAID: Record<string, string> = {
  "POST /api-keys": "Made an API key",
  "POST /api-keys/:id/revoke": "Revoked an API key",
  "POST /api/v1/members/api-key": "Made an API key",
  "POST /v1/members/api-key": "Made an API key",
  "DELETE /api/v1/members/api-keys/:id": "Revoked an API key",
  "DELETE /v1/members/api-keys/:id": "Revoked an API key",

  "POST /account": "Changed the profile",
  "POST /account/email": "Changed the address to sign in with",
  "POST /account/password": "Changed the password",
  "POST /account/verification": "Asked for the verification mail",
  "POST /account/sessions/revoke": "Signed out everywhere else",
  "POST /account/sessions/:id/revoke": "Signed out a browser",
  "POST /account/switch/:id": "Switched to another account",
  "POST /account/switch/:id/leave": "Left another account",

  "POST /team/invitations": "Invited a colleague",
  "POST /team/invitations/:id/cancel": "Withdrew an invitation",
  "POST /team/join/:token": "Joined the team",
  "POST /team/:id/role": "Changed a colleague's role",
  "POST /team/:id/remove": "Removed a colleague",

  "POST /brands": "Added brands",
  "POST /brands/:brandId": "Changed a brand's settings",
  "POST /brands/:brandId/delete": "Deleted a brand with all its campaigns",

  "POST /campaigns/new": "Made a campaign",
  "POST /campaigns/:campaignId/settings": "Changed a campaign's settings",
  "POST /campaigns/:campaignId/delete": "Deleted a campaign with all its people",
  "POST /campaigns/:campaignId/rewards": "Changed what a campaign rewards",
  "POST /campaigns/:campaignId/coupons": "Uploaded coupon codes",
  "POST /campaigns/:campaignId/coupons/deletion": "Deleted the coupon codes that nobody was given",
  "POST /campaigns/:campaignId/contest": "Set up a contest",
  "POST /campaigns/:campaignId/contest/deletion": "Called a contest off",
  "POST /campaigns/:campaignId/lander": "Saved a draft of a landing page",
  "POST /campaigns/:campaignId/lander/publish": "Published a landing page",
  "POST /campaigns/:campaignId/lander/revert": "Put a landing page back to what visitors see",
  "POST /campaigns/:campaignId/widget": "Saved a draft of a widget",
  "POST /campaigns/:campaignId/widget/publish": "Published a widget",
  "POST /campaigns/:campaignId/widget/revert": "Put a widget back to what visitors see",
  "POST /campaigns/:campaignId/widget/gate": "Changed who a widget lets in",
  "POST /campaigns/:campaignId/mail": "Saved a draft of the mails",
  "POST /campaigns/:campaignId/mail/publish": "Published the mails",
  "POST /campaigns/:campaignId/mail/revert": "Put the mails back to what people get",
  "POST /campaigns/:campaignId/mail/test": "Sent a test mail to themselves",
  "POST /campaigns/:campaignId/import/run": "Imported participants",
  "POST /campaigns/:campaignId/participants/new": "Added a participant by hand",
  "POST /campaigns/:campaignId/participants/status": "Blocked or unblocked participants",

  "POST /participants/status": "Blocked or unblocked participants",
  "POST /participants/:participantId": "Changed a participant's details",
  "POST /participants/:participantId/status": "Blocked or unblocked a participant",
  "POST /participants/:participantId/erase": "Erased a participant",
  "POST /rewards": "Paid or revoked rewards",

  "POST /webhooks": "Added a webhook",
  "POST /webhooks/:webhookId": "Changed a webhook",
  "POST /webhooks/:webhookId/status": "Switched a webhook on or off",
  "POST /webhooks/:webhookId/secret": "Rotated a webhook's secret",
  "POST /webhooks/:webhookId/test": "Sent a test event to a webhook",
  "POST /webhooks/:webhookId/recover": "Sent a webhook again what had failed",
  "POST /webhooks/:webhookId/delete": "Deleted a webhook",
  "POST /deliveries/:deliveryId/retry": "Sent a delivery again",

  "POST /images": "Uploaded an image",
  "POST /images/:key/delete": "Deleted an image",

  "PUT /operator/members/:memberId/plan": "Put the account on a plan",
  "PUT /operator/brands/:brandId": "Changed a brand's link to VNOC",
};

/** A route in words. One that is gone from the product since is told as it was called. */
export const inWords = (action: string): string => SAID[action] ?? action;

/** Whether the operator of the installation did it, who is none of its members. */
export const isOperators = (action: string) => action.includes(" /operator/");

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
  webhooks: "Webhooks",
  deliveries: "Webhooks",
  "api-keys": "API keys",
  plan: "Plan",
  team: "Team",
  images: "Images",
  account: "Account",
};
const PATHS: Record<string, string> = { deliveries: "/webhooks" };

/** Where it was done: the thing by its name as long as it is there, by its number after that, and the page of either. */
export function placeOf(path: string, name: string | null): { label: string; page: string | null } {
  const [section = "", id = ""] = path.split("/").slice(1);
  const thing = THINGS[section];
  if (thing && /^\d+$/.test(id))
    return name === null
      ? { label: `${thing} ${id}, gone since`, page: null }
      : { label: name, page: `/${section}/${id}` };
  const label = SECTIONS[section];
  if (label) return { label, page: PATHS[section] ?? `/${section}` };
  return section === "api" || section === "v1" ? { label: "API keys", page: "/api-keys" } : { label: path, page: null };
}
