/** What was done on a route, in words. */
const SAID: Record<string, string> = {
  "POST /api-keys": "Made an API key",
  "POST /api-keys/:id/revoke": "Revoked an API key",
  "POST /api/v1/members/api-key": "Made an API key",
  "POST /v1/members/api-key": "Made an API key",
  "DELETE /api/v1/members/api-keys/:id": "Revoked an API key",
  "DELETE /v1/members/api-keys/:id": "Revoked an API key",
  "POST /account": "Changed the profile",
  "POST /account/email": "Changed the account's address",
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
  "POST /brands": "Added a brand",
  "POST /campaigns": "Made a campaign",
  "POST /webhooks": "Made a webhook",
};

const VERBS: Record<string, string> = {
  new: "Made",
  delete: "Deleted",
  remove: "Removed",
  revoke: "Revoked",
  cancel: "Cancelled",
  retry: "Sent again:",
  recover: "Recovered",
  test: "Tested",
  secret: "Renewed the secret of",
  status: "Changed the status of",
  run: "Imported into",
  publish: "Published",
  revert: "Put back",
  import: "Imported into",
  upload: "Uploaded to",
  block: "Blocked",
  unblock: "Unblocked",
  erase: "Erased",
  draw: "Drew the winners of",
  pay: "Marked as paid:",
};

const THINGS: Record<string, string> = {
  account: "the account",
  brands: "a brand",
  campaigns: "a campaign",
  participants: "a participant",
  rewards: "a reward",
  coupons: "the coupons of a campaign",
  lander: "the lander of a campaign",
  widget: "the widget of a campaign",
  mail: "the mails of a campaign",
  contest: "the contest of a campaign",
  settings: "the settings of a campaign",
  webhooks: "a webhook",
  deliveries: "a delivery",
  images: "an image",
  team: "the team",
  plan: "the plan",
  operator: "a member or brand, as the operator",
};

/** A route in words: as the table above has it, or by its verb and the last thing that it names. */
export function inWords(action: string): string {
  const said = SAID[action];
  if (said) return said;
  const parts = (action.split(" ")[1] ?? "").split("/").filter((part) => part && !part.startsWith(":"));
  const verb = VERBS[parts.at(-1) ?? ""] ?? "Changed";
  const thing = parts.findLast((part) => Object.hasOwn(THINGS, part));
  return `${verb} ${thing ? THINGS[thing] : "something"}`;
}

const PAGES_OF_THINGS = new Set(["brands", "campaigns", "participants", "webhooks"]);
const SECTIONS = new Set([...PAGES_OF_THINGS, "rewards", "api-keys", "plan", "team", "account"]);
const GONE = new Set(["delete", "erase"]);

/** The page of what was changed; of what is gone since, and of what has no page, that of its section. */
export function pageOf(path: string, gone: ReadonlySet<string>): string | null {
  const [section = "", id = ""] = path.split("/").slice(1);
  const page = `/${section}/${id}`;
  if (PAGES_OF_THINGS.has(section) && /^\d+$/.test(id) && !gone.has(page)) return page;
  return SECTIONS.has(section) ? `/${section}` : null;
}

/** The things that these changes made away with. */
export const goneIn = (paths: string[]) =>
  new Set(
    paths.filter((path) => GONE.has(path.split("/").at(-1) ?? "")).map((path) => path.split("/").slice(0, 3).join("/")),
  );
