import assert from "node:assert/strict";
import { once } from "node:events";
import { existsSync, readFileSync } from "node:fs";
import { createServer, type IncomingHttpHeaders } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { buffer } from "node:stream/consumers";
import { after, before, describe, it } from "node:test";
import { type Api, openApi } from "../../demo/api.ts";
import { root } from "../../scripts/root.ts";
import { context, execute, loaded, type Values } from "./support/n8n.ts";
import { newAccount } from "./support/packed.ts";
import { servedProduct } from "./support/product.ts";
import { suspected } from "./support/suspects.ts";

const { Referrals } = await loaded("nodes/Referrals/Referrals.node.ts");
const { ReferralsTrigger } = await loaded("nodes/ReferralsTrigger/ReferralsTrigger.node.ts");
const { ReferralsApi } = await loaded("credentials/ReferralsApi.credentials.ts");
const node = new Referrals();
const trigger = new ReferralsTrigger();
let local: Awaited<ReturnType<typeof servedProduct>>;
let credentials: { url: string; apiKey: string };
let api: Api;
let campaign: { id: number };
before(async () => {
  local = await servedProduct();
  credentials = { url: `${local.url}/`, apiKey: await newAccount(local.url) };
  api = openApi(local.url).as({ "X-API-Key": credentials.apiKey });
  const brand = await api.post<{ id: number }>("/brands", { url: "acme.example" });
  campaign = await api.post("/campaigns", { brand_id: brand.id, name: "Launch", num_signups: 1000 });
});
after(async () => {
  await local.stop();
});

const act = (resource: string, operation: string, fields: Values = {}) =>
  execute(node, credentials, { resource, operation, ...fields });

describe("the n8n nodes", () => {
  it("meet n8n's requirements for a community package", async () => {
    const folder = join(root, "packages/n8n-nodes-referrals");
    const { n8n, keywords, dependencies } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
    assert.ok(keywords.includes("n8n-community-node-package") && n8n.strict && n8n.n8nNodesApiVersion === 1);
    assert.equal(dependencies, undefined);
    for (const built of [...n8n.credentials, ...n8n.nodes])
      assert.ok(existsSync(join(folder, built.replace("dist/", "").replace(/\.js$/, ".ts"))), built);
    assert.equal(node.description.usableAsTool, true);
    const { name, test, authenticate } = new ReferralsApi();
    for (const { description } of [node, trigger]) assert.equal(description.credentials[0].name, name);
    assert.equal(authenticate.properties.headers.Authorization, "=Bearer {{$credentials.apiKey}}");
    const { request } = test;
    assert.deepEqual([request.baseURL, request.url], [node.description.requestDefaults.baseURL, "/brands"]);
    const events = trigger.description.properties[0].options.map((option: { value: string }) => option.value);
    const document = await (await fetch(`${local.url}/api/v1/openapi.json`)).json();
    assert.deepEqual(events, Object.keys(document.webhooks).sort());
  });

  it("add and find participants, record conversions, settle rewards, and upload codes", async () => {
    await api.post(`/campaigns/${campaign.id}/rules`, {
      role: "referrer",
      reward: { reward_type: 5, percent: 10 },
    });
    const campaignId = campaign.id;
    const person = { campaignId, email: "ada@example.com", name: "Ada" };
    const additionalFields = { externalId: "crm-1", metadata: '{"plan": "pro"}' };
    const ada = await act("participant", "upsert", { ...person, additionalFields });
    assert.deepEqual([ada.external_id, ada.metadata], ["crm-1", { plan: "pro" }]);
    const again = await act("participant", "upsert", { ...person, name: "Ada L." });
    assert.deepEqual([again.id, again.name, again.external_id], [ada.id, "Ada L.", "crm-1"]);
    const bob = { referralCode: ada.referral_code, email: "bob@example.com", name: "Bob" };
    assert.equal((await act("participant", "refer", bob)).attributed, true);
    const found = await act("participant", "getAll", { additionalFields: { campaignId, email: bob.email } });
    assert.deepEqual(
      found.map((one: { invited_by: number }) => one.invited_by),
      [ada.id],
    );
    assert.equal((await act("participant", "get", { participantId: ada.id })).email, person.email);
    const more = { amount: 10_000, referralCode: ada.referral_code, currency: "" };
    const sale = await act("conversion", "create", { campaignId, conversionId: "o-1", additionalFields: more });
    const [reward] = await act("reward", "getAll");
    assert.deepEqual([sale.rewards[0].id, reward.status], [reward.id, "pending"]);
    const [paid] = await act("reward", "markPaid", { rewardId: reward.id });
    assert.deepEqual([paid.done, paid.status], [true, "fulfilled"]);
    assert.equal((await act("coupon", "upload", { campaignId, codes: "A-1\nA-2, A-3\n" })).added, 3);
    const campaigns = await act("campaign", "getAll");
    const choices = await node.methods.loadOptions.getCampaigns.call(context(credentials, {}, ""));
    assert.deepEqual([campaigns[0].id, choices], [campaignId, [{ name: "Launch", value: campaignId }]]);
    const wrong = context({ ...credentials, apiKey: "ref_wrong" }, {}, "");
    await assert.rejects(node.methods.loadOptions.getCampaigns.call(wrong), { httpCode: "401" });
  });

  it("list and decide reviews", async () => {
    const { id } = await suspected(local.url, api, campaign.id);
    assert.ok((await act("review", "getAll")).some((review: { id: number }) => review.id === id));
    const verdict = { verdict: "deny", additionalFields: { scope: "all_of_referrer", note: "One device" } };
    const denied = await act("review", "decide", { reviewId: id, ...verdict });
    assert.deepEqual([denied.state, denied.note], ["denied", "One device"]);
    assert.equal((await act("review", "decide", { reviewId: id, verdict: "reopen" })).state, "open");
  });

  it("start a workflow only for a signed event", async () => {
    const arrived: { body: Buffer; headers: IncomingHttpHeaders }[] = [];
    let heard = Promise.withResolvers<void>();
    const server = createServer(async (request, response) => {
      arrived.push({ body: await buffer(request), headers: request.headers });
      response.end();
      heard.resolve();
    }).listen(0, "127.0.0.1");
    await once(server, "listening");
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/webhook/1`;
    const parameters: Values = { events: ["participant.signup"], campaignId: "" };
    const self = context(credentials, parameters, url);
    const { checkExists, create, delete: end } = trigger.webhookMethods.default;
    const webhooks = async () => (await api.get<{ webhooks: { id: number }[] }>("/webhooks")).webhooks;

    assert.equal(await checkExists.call(self), false);
    assert.equal(await create.call(self), true);
    assert.equal(await checkExists.call(self), true);
    // A change creates a new webhook and deletes the old one.
    parameters.campaignId = campaign.id;
    assert.equal(await checkExists.call(self), false);
    assert.deepEqual(await webhooks(), []);
    await create.call(self);
    await api.put(`/webhooks/${self.kept.webhookId}`, { status: "disabled" });
    assert.equal(await checkExists.call(self), false);
    await create.call(self);

    await act("participant", "upsert", { campaignId: campaign.id, email: "eve@example.com", name: "Eve" });
    await heard.promise;
    const hear = async ({ body, headers }: (typeof arrived)[number], secret = self.kept.secret) => {
      let status = 200;
      const told = { json: () => undefined };
      const response = {
        status: (code: number) => {
          status = code;
          return told;
        },
      };
      const got = await trigger.webhook.call({
        ...self,
        getWorkflowStaticData: () => ({ secret }),
        getRequestObject: () => ({ rawBody: body }),
        getHeaderData: () => headers,
        getBodyData: () => JSON.parse(String(body)),
        getResponseObject: () => response,
      });
      return { status, items: got.workflowData?.[0] ?? [] };
    };
    const [first] = arrived;
    assert.ok(first);
    const { items } = await hear(first);
    assert.deepEqual([items.length, items[0].json.data.email], [1, "eve@example.com"]);
    const refused = { status: 401, items: [] };
    const changed = Buffer.from(String(first.body).replace("eve@", "mal@"));
    assert.deepEqual(await hear({ ...first, body: changed }), refused);
    assert.deepEqual(await hear({ ...first, headers: {} }), refused);
    assert.deepEqual(await hear({ ...first, headers: { ...first.headers, "webhook-timestamp": "1" } }), refused);
    assert.deepEqual(await hear(first, `whsec_${btoa("another secret")}`), refused);
    assert.deepEqual(await hear(first, ""), refused);

    heard = Promise.withResolvers();
    await api.post(`/webhooks/${self.kept.webhookId}/test`, {});
    await heard.promise;
    const [, test] = arrived;
    assert.ok(test);
    assert.deepEqual(await hear(test), { status: 200, items: [] });
    for (let twice = 0; twice < 2; twice++) assert.equal(await end.call(self), true);
    assert.deepEqual([await webhooks(), self.kept], [[], {}]);
    server.close();
  });
});
