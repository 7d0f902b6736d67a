import { beforeAll, describe, expect, it } from "vitest";
import { newCampaign } from "../support/campaign";
import { newDomain, type TestMember } from "../support/client";
import { another, type EditForm, formsIn, open, shapeOf } from "../support/edit-forms";
import type { Field } from "../support/html";
import { isOpen, isOperators, type PageAccount, pageAccount, pageRoutes } from "../support/pages";
import { browser, browserOf, colleagueOf, leadsTo } from "../support/session";

/** Forms that overwrite nothing that their page shows, and why. All others are edit forms. */
const NO_EDITS: [why: string, actions: RegExp][] = [
  [
    "creates something",
    /^\/brands$|\/new$|^\/(lists|webhooks|reports|api-keys\/named)$|hosts$|invitations$|duplicate$|inputs$|coupons$|import$|\/reward$|refunds$|views$/,
  ],
  ["decides about rows, once", /^\/(reviews|rewards)\/:id$|payouts$|^\/rewards$|participants\/status$|referrer$/],
  ["sends something once", /recover$|replay$/],
  ["shows something and stores nothing", /preview$|^\/p\/|install$/],
  ["creates a new secret", /identity$/],
  ["asks for a proof", /^\/account\/(email|password|two-step)|^\/oauth\/authorize/],
  ["suspends something, for a reason", /suspension$/],
  ["gives access", /^\/operator\/(invitations|tokens)/],
];
const isEdit = (action: string) => !NO_EDITS.some(([, actions]) => actions.test(shapeOf(action)));

/** Fields that this account cannot change, and why. */
const REFUSED: [why: string, fields: RegExp][] = [
  ["needs a verified domain", /reply_to$/],
  ["cannot change once someone has joined", /waitlist_/],
  [
    "has no effect on a rule that gives a percentage of purchases",
    /rules\/:id (reward\.(amount|redirect_url|custom_message)|gives|trigger)$/,
  ],
];

/** One of each kind is enough. */
const kindOf = (name: string) => name.replace(/^(texts|share_messages)\..*/, "$1").replace(/\.\d+\./, ".");

async function editForms(account: PageAccount): Promise<EditForm[]> {
  const operator = browser();
  await operator.submit("/operator/sign-in", { token: "test-operator-token" });
  const pages = pageRoutes
    .filter((route) => route.method === "GET" && !isOpen(route))
    .map((route) => ({ page: account.at(route.path), opened: isOperators(route) ? operator : account.browser }));
  const brand = account.at("/brands/:brandId");
  const view = account.at("/views/:viewId").split("/").at(-1);
  const { campaigns } = (await account.member.get("/api/v1/campaigns")).data;
  const others = [
    { page: `/rewards?status=pending&view=${view}`, opened: account.browser },
    { page: `/operator${brand}`, opened: operator },
    ...campaigns.map(({ id }: { id: number }) => ({ page: `/campaigns/${id}/rules`, opened: account.browser })),
  ];
  const found = new Map<string, EditForm>();
  for (const { page, opened } of [...pages, ...others]) {
    const answer = await opened.page(page);
    if (!answer.headers.get("Content-Type")?.startsWith("text/html")) continue;
    for (const [action, { fields }] of await formsIn(answer.text, page))
      if (fields.size > 0 && isEdit(action)) found.set(shapeOf(action), { page, action, opened });
  }
  return [...found.values()];
}

type Outcome = "asked" | "merged" | "refused" | "has no other value";

/** Submits three copies of a form, one after another: with one field changed, as it was, and with another change. */
async function crossed(form: EditForm, name: string): Promise<Outcome> {
  const { opened, action } = form;
  const before = await open(form);
  const fields = before.fields.get(name) ?? [];
  const [first, second] = [another(fields, 0), another(fields, 1)];
  if (first === undefined) return "has no other value";
  const where = `${action}: ${name}`;
  const saved = await opened.submit(action, { ...before.sent, [name]: first });
  expect(saved.status, `${where}, changed by nobody else`).not.toBe(409);
  const changed = await open(form);
  if (saved.status >= 400 || String(changed.sent[name]) === String(before.sent[name])) return "refused";

  const untouched = await opened.submit(action, before.sent);
  expect(untouched.status, `${where}, left alone`).toBeLessThan(400);
  expect((await open(form)).sent[name], `${where}, left alone`).toEqual(changed.sent[name]);

  if (second === undefined) return "merged";
  const asked = await opened.submit(action, { ...before.sent, [name]: second });
  expect(asked.status, `${where}, changed twice`).toBe(409);
  const shown = (await formsIn(asked.text, form.page)).get(action);
  expect(shown?.problems, where).toContain("Changed meanwhile");
  if (fields[0]?.type === "text") expect(shown?.problems, where).toContain(changed.sent[name]);
  expect((await open(form)).sent[name], `${where}, changed twice`).toEqual(changed.sent[name]);
  const again = await opened.submit(action, shown?.sent ?? {});
  expect(again.status, `${where}, saved again`).toBeLessThan(400);
  expect((await open(form)).sent[name], `${where}, saved again`).not.toEqual(changed.sent[name]);
  return "asked";
}

/** Choices come after the fields that they hide, and lists last. */
const turn = (fields: readonly Field[]) => {
  const isList = fields.length > 1 && fields[0]?.type === "checkbox";
  return isList ? 2 : Number(["radio", "select"].includes(fields[0]?.type ?? ""));
};

/** The outcome for one field of each kind. */
async function crossedFields(form: EditForm): Promise<Map<string, Outcome>> {
  const kinds = new Map<string, string>();
  for (const [name] of [...(await open(form)).fields].sort(([, a], [, b]) => turn(a) - turn(b)))
    if (!kinds.has(kindOf(name))) kinds.set(kindOf(name), name);
  const outcomes = new Map<string, Outcome>();
  for (const name of kinds.values()) outcomes.set(name, await crossed(form, name));
  return outcomes;
}

describe("two people with the same form", () => {
  let forms: EditForm[];
  beforeAll(async () => {
    const account = await pageAccount();
    const { member } = account;
    await member.post("/api/v1/brands", { url: newDomain() });
    const socials = [{ social: "instagram", profile_url: "https://instagram.com/acme" }];
    const { data: brand } = await member.put(account.at("/api/v1/brands/:brandId"), { socials });
    expect(brand).toMatchObject({ socials });
    const fields = [{ key: "size", type: "select", label: "Size", options: ["S", "M"] }];
    const { data: widget } = await member.put(account.at("/api/v1/campaigns/:campaignId/widget"), { fields });
    expect(widget).toMatchObject({ fields });
    forms = await editForms(account);
  });

  it("lose nothing of each other's, whatever the form and the field", async () => {
    const refused: string[] = [];
    for (const form of forms) {
      const outcomes = await crossedFields(form);
      expect([...outcomes.values()], form.action).not.toEqual([...outcomes].map(() => "refused"));
      for (const [name, outcome] of outcomes)
        if (outcome === "refused") refused.push(`${shapeOf(form.action)} ${name}`);
    }
    expect(refused.filter((field) => !REFUSED.some(([, fields]) => fields.test(field)))).toEqual([]);
    expect(forms.length).toBeGreaterThan(20);
  });
});

it("a form of settings that were never set is saved, if nobody else changed it", async () => {
  const account = await pageAccount();
  const webhook = account.at("/webhooks/:webhookId");
  const { sent } = await open({ page: webhook, action: webhook, opened: account.browser });
  expect((await account.browser.submit(webhook, { ...sent, events: ["*"] })).status).toBe(303);
  for (const form of await editForms(account)) await crossedFields(form);
});

describe("a form that somebody else saved meanwhile", () => {
  async function twoEditors() {
    const campaign = await newCampaign({ reward_type: 5, reward: { cash_value: 10 } });
    const [ada, grace] = [await browserOf(campaign.owner), await colleagueOf(campaign.owner, "editor")];
    const openAt = (path: string) => open({ page: path, action: path, opened: grace });
    return { campaign, ada, grace, openAt, path: `/campaigns/${campaign.id}` };
  }
  const stored = async (campaign: { id: number; owner: { get: TestMember["get"] } }) =>
    (await campaign.owner.get(`/api/v1/campaigns/${campaign.id}`)).data;

  it("keeps both changes, even if the second one is refused at first", async () => {
    const { campaign, ada, grace, openAt, path } = await twoEditors();
    const seen = await openAt(`${path}/settings`);
    await ada.submit(`${path}/settings`, { ...seen.sent, name: "Ada's name" });
    const refused = await grace.submit(`${path}/settings`, { ...seen.sent, num_signups: "0" });
    expect(refused.status).toBe(400);
    const again = (await formsIn(refused.text, `${path}/settings`)).get(`${path}/settings`);
    expect(again?.sent).toMatchObject({ name: "Ada's name", num_signups: "0" });
    const saved = await grace.submit(`${path}/settings`, { ...again?.sent, num_signups: "7" });
    expect(leadsTo(saved)).toBe(`${path}/settings?done=saved`);
    expect(await stored(campaign)).toMatchObject({ name: "Ada's name", num_signups: 7 });
  });

  it("asks before it overwrites, shows both values, and saves nothing of the form until then", async () => {
    const { campaign, ada, grace, openAt, path } = await twoEditors();
    const seen = await openAt(`${path}/settings`);
    await ada.submit(`${path}/settings`, { ...seen.sent, name: "Ada's name" });
    const asked = await grace.submit(`${path}/settings`, { ...seen.sent, name: "Grace's name", num_signups: "7" });
    expect(asked.status).toBe(409);
    expect(asked.text).toContain("This was changed after you opened it, so nothing was saved yet.");
    expect(asked.text).toContain("Changed meanwhile to: Ada&#39;s name");
    expect(await stored(campaign)).toMatchObject({ name: "Ada's name", num_signups: 1 });
    const again = (await formsIn(asked.text, `${path}/settings`)).get(`${path}/settings`);
    expect(again?.sent).toMatchObject({ name: "Grace's name", num_signups: "7" });
    await grace.submit(`${path}/settings`, again?.sent);
    expect(await stored(campaign)).toMatchObject({ name: "Grace's name", num_signups: 7 });
  });

  it("asks if the fields that it changed mean something else by now", async () => {
    const { campaign, ada, grace, openAt, path } = await twoEditors();
    const seen = await openAt(`${path}/rewards`);
    await ada.submit(`${path}/rewards`, { ...seen.sent, reward_type: "6", "reward.credit_value": "15" });
    const asked = await grace.submit(`${path}/rewards`, { ...seen.sent, "reward.cash_value": "20" });
    expect(asked.status).toBe(409);
    expect(asked.text).toContain("Changed meanwhile to: Store credit");
    expect(await stored(campaign)).toMatchObject({ reward_type: 6, reward: { cash_value: 10, credit_value: 15 } });
  });

  it("takes the same change twice, such as a form that was sent twice", async () => {
    const { campaign, grace, openAt, path } = await twoEditors();
    const { sent } = await openAt(`${path}/settings`);
    for (let i = 0; i < 2; i++)
      expect((await grace.submit(`${path}/settings`, { ...sent, name: "Twice" })).status).toBe(303);
    expect(await stored(campaign)).toMatchObject({ name: "Twice" });
  });

  it.each([
    ["empty", ""],
    ["cut off", "name"],
    ["without names", "name: : :x"],
    ["of built-in names", "__proto__:x constructor:x name:x"],
    ["deep", `${"a.".repeat(99)}:x`],
    ["many", "name:x ".repeat(5000)],
  ])("survives fingerprints that we did not write: %s", async (_, forged) => {
    const { grace, openAt, path } = await twoEditors();
    const { sent } = await openAt(`${path}/settings`);
    const fields = { ...sent, name: "Other", constructor: "x", "@seen": forged };
    const { status } = await grace.submit(`${path}/settings`, fields);
    expect([303, 409]).toContain(status);
  });
});
