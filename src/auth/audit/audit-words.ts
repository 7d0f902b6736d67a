/** What a route does, as the audit log says it. A test requires a text for each route that leaves an entry. */
export const SAID: Record<string, string> = {
  "POST /api-keys": "Made an API key",
  "POST /api-keys/:id/revoke": "Revoked an API key",

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

  "POST /api/v1/members/api-key": "Made an API key",
  "DELETE /api/v1/members/api-keys/:id": "Revoked an API key",
  "POST /api/v1/brands": "Added a brand",
  "PUT /api/v1/brands/:brandId": "Changed a brand's settings",
  "DELETE /api/v1/brands/:brandId": "Deleted a brand with all its campaigns",
  "POST /api/v1/campaigns": "Made a campaign",
  "PUT /api/v1/campaigns/:campaignId": "Changed a campaign's settings",
  "DELETE /api/v1/campaigns/:campaignId": "Deleted a campaign with all its people",
  "PUT /api/v1/campaigns/:campaignId/reward": "Changed what a campaign rewards",
  "PUT /api/v1/campaigns/:campaignId/widget": "Changed a widget",
  "PUT /api/v1/campaigns/:campaignId/lander": "Changed a landing page",
  "PUT /api/v1/campaigns/:campaignId/contest": "Set up a contest",
  "DELETE /api/v1/campaigns/:campaignId/contest": "Called a contest off",
  "POST /api/v1/campaigns/:campaignId/coupons": "Uploaded coupon codes",
  "DELETE /api/v1/campaigns/:campaignId/coupons": "Deleted the coupon codes that nobody was given",
  "DELETE /api/v1/participants/:participantId": "Erased a participant",
  "PATCH /api/v1/rewards/:rewardId": "Paid or revoked a reward",
  "POST /api/v1/webhooks": "Added a webhook",
  "PUT /api/v1/webhooks/:webhookId": "Changed a webhook",
  "DELETE /api/v1/webhooks/:webhookId": "Deleted a webhook",
  "POST /api/v1/webhooks/:webhookId/secret": "Rotated a webhook's secret",
  "POST /api/v1/webhooks/:webhookId/test": "Sent a test event to a webhook",
  "POST /api/v1/webhooks/:webhookId/recover": "Sent a webhook again what had failed",
  "POST /api/v1/deliveries/:deliveryId/retry": "Sent a delivery again",
  "POST /api/v1/zapier/hooks": "Connected a Zap",
  "DELETE /api/v1/zapier/hooks/:id": "Disconnected a Zap",

  "PUT /operator/members/:memberId/plan": "Put the account on a plan",
  "PUT /operator/brands/:brandId": "Changed a brand's link to VNOC",
};

/** Changes that leave no entry, and why. All others leave one. */
export const TRAFFIC: Record<string, string> = {
  "POST /api/v1/signups": "people come in by it, thousands a day; each is in the list of participants",
  "POST /api/v1/signups/referral": "as the one above",
  "PATCH /api/v1/participants/:participantId": "systems that keep people in step send it by the thousand",
  "POST /api/v1/zapier/auth": "it only says whose key it is",
  "POST /api/v1/auth/verification": "it sends its own member a mail and changes nothing",
};

/** `/v1` is another name of `/api/v1`. */
const named = (action: string) => action.replace(/^(\w+) \/v1\//, "$1 /api/v1/");

/** The text for a route. Routes that no longer exist are shown as they are. */
export const inWords = (action: string): string => SAID[named(action)] ?? action;

export const isTraffic = (action: string) => named(action) in TRAFFIC;

export const isByApi = (action: string) => named(action).includes(" /api/v1/");

/** Whether the operator of the installation made the change. */
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
  members: "API keys",
  zapier: "Webhooks",
  plan: "Plan",
  team: "Team",
  images: "Images",
  account: "Account",
};
const PATHS: Record<string, string> = { deliveries: "/webhooks", zapier: "/webhooks", members: "/api-keys" };

/** What was changed: its name and page if it still exists, otherwise its number. */
export function placeOf(path: string, name: string | null): { label: string; page: string | null } {
  const [section = "", id = ""] = path.split("/").slice(1);
  const thing = THINGS[section];
  if (thing && /^\d+$/.test(id))
    return name === null
      ? { label: `${thing} ${id}, gone since`, page: null }
      : { label: name, page: `/${section}/${id}` };
  const label = SECTIONS[section];
  if (label) return { label, page: PATHS[section] ?? `/${section}` };
  return { label: path, page: null };
}
