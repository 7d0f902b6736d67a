import assert from "node:assert/strict";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { after, before, describe, it } from "node:test";
import { Client, StreamableHTTPClientTransport } from "@modelcontextprotocol/client";
import { servedProduct } from "./support/product.ts";

let local: Awaited<ReturnType<typeof servedProduct>>;
let key: string;

async function post(path: string, body: unknown, headers: Record<string, string> = {}) {
  const response = await fetch(`${local.url}/api/v1${path}`, {
    method: "POST",
    headers: { "Content-Type": "application/json", ...headers },
    body: JSON.stringify(body),
  });
  const { data } = (await response.json()) as { data: Record<string, string> };
  assert.ok(response.ok, `${path}: ${response.status}`);
  return data;
}

/** The official client, which checks each answer against the tool's output schema. */
async function connected() {
  const client = new Client({ name: "referrals-test", version: "1.0.0" });
  const requestInit = { headers: { "X-API-Key": key } };
  await client.connect(new StreamableHTTPClientTransport(new URL(`${local.url}/mcp`), { requestInit }));
  let calls = 0;
  const used = new Set<string>();
  // biome-ignore lint/suspicious/noExplicitAny: shapes differ by tool.
  async function use(name: string, args: Record<string, unknown> = {}): Promise<any> {
    calls++;
    used.add(name);
    const result = await client.callTool({ name, arguments: args });
    assert.ok(!result.isError, `${name}: ${JSON.stringify(result.content)}`);
    return result.structuredContent;
  }
  const confirmed = async (name: string, args: Record<string, unknown>) => {
    const { confirm_token } = await use(name, args);
    return (await use(name, { ...args, confirm_token })).result;
  };
  return { client, use, confirmed, used, calls: () => calls };
}

describe("an agent with the official client", { timeout: 600_000 }, () => {
  before(async () => {
    local = await servedProduct();
    const account = { email: `ada-${crypto.randomUUID()}@example.com`, name: "Ada", password: "correct horse battery" };
    await post("/members", account);
    const { token } = await post("/auth/token", account);
    key = (await post("/members/api-key", {}, { Authorization: `Bearer ${token}` })).api_key ?? "";
  });
  after(async () => {
    await local.stop();
  });

  it("sets up a two-sided program, signs up a friend, and shows the reward, in at most 12 requests", async () => {
    const agent = await connected();
    await agent.client.listTools();
    const { campaign, rules } = await agent.use("set_up_campaign", {
      name: "Give 5, get 10",
      website: "acme.example",
      status: "live",
      referrer_reward: { kind: "store_credit", amount: 1000 },
      friend_reward: { kind: "store_credit", amount: 500 },
    });
    assert.deepEqual(
      rules.map(({ role }: { role: string }) => role),
      ["referrer", "invited"],
    );
    const ada = { campaign_id: campaign.id, email: "grace@example.com", name: "Grace" };
    const { participant } = await agent.use("sign_up_participant", ada);
    const friend = { campaign_id: campaign.id, email: "alan@example.com", name: "Alan", referred_by: participant.id };
    const signed = await agent.use("sign_up_participant", friend);
    assert.equal(signed.attributed, true);
    const { rewards } = await agent.use("list_rewards", { campaign_id: campaign.id });
    assert.deepEqual(
      rewards.map(({ role, amount, status }: Record<string, unknown>) => [role, amount, status]).toSorted(),
      [
        ["invited", 500, "fulfilled"],
        ["referrer", 1000, "fulfilled"],
      ],
    );
    // The client's own hello, and the list of tools.
    assert.ok(agent.calls() + 2 <= 12, `${agent.calls()} calls`);
    await agent.client.close();
  });

  it("gets results from every tool that match its output schema", async (test) => {
    const failing = createServer((_, response) => response.writeHead(422).end());
    test.after(() => void failing.close());
    await new Promise<void>((resolve) => failing.listen(0, "127.0.0.1", resolve));
    const link = `http://127.0.0.1:${(failing.address() as AddressInfo).port}/`;
    const agent = await connected();
    const { tools } = await agent.client.listTools();
    const { campaign } = await agent.use("set_up_campaign", {
      name: "All of it",
      website: "www.acme.example",
      referrer_reward: { kind: "coupon" },
      friend_reward: { kind: "cash", amount: 700 },
      purchase_rules: [{ for: "referrer", reward: { kind: "cash", percent: 10 }, needs_approval: true }],
    });
    const campaign_id = campaign.id;
    await agent.use("list_campaigns", { status: "draft" });
    await agent.use("set_campaign_status", { campaign_id, status: "live" });
    const { participant } = await agent.use("sign_up_participant", { campaign_id, email: "a@example.com", name: "A" });
    const friend = { campaign_id, email: "b@example.com", name: "B", referral_code: participant.referral_code };
    const { participant: buyer } = await agent.use("sign_up_participant", friend);
    assert.equal((await agent.use("find_participant", { referred_by: participant.id })).participants[0].id, buyer.id);
    assert.equal((await agent.use("show_campaign", { campaign_id })).coupon_codes.rewards_waiting, 1);
    const codes = { campaign_id, kind: "coupons", csv: "A-1\nA-2\n" };
    assert.equal((await agent.confirmed("import_file", codes)).counts.filled, 1);
    const sale = { campaign_id, conversion_id: "o-1", amount: 10_000, participant_id: buyer.id };
    const sold = await agent.confirmed("record_conversion", sale);
    const [held] = sold.rewards;
    assert.equal(held.status, "held");
    const decided = await agent.confirmed("settle_rewards", { reward_ids: [held.id], action: "approve" });
    assert.equal(decided.results[0].done, true);
    const owed = { action: "pay", campaign_id, reference: "Transfer 1" };
    assert.equal((await agent.confirmed("settle_rewards", owed)).payout.totals[0].amount, 1_700);
    assert.equal((await agent.use("list_rewards", { participant_id: buyer.id })).rewards[0].status, "fulfilled");
    const refund = { campaign_id, conversion_id: "o-1", refund_id: "r-1", amount: 2_500 };
    assert.equal((await agent.confirmed("record_refund", refund)).conversion.refunded_amount, 2_500);
    assert.ok((await agent.use("explain_referral", { participant_id: participant.id })).decisions.length > 1);
    assert.equal((await agent.use("show_campaign", { campaign_id })).totals.total_participants, 2);
    assert.match((await agent.use("set_up_widget", { campaign_id, platform: "react" })).snippet, /referrals-widget/);
    const csv = "email,name\nc@example.com,C\nnobody,D\n";
    assert.deepEqual((await agent.confirmed("import_file", { campaign_id, csv })).counts, { added: 1, invalid: 1 });
    const file = await agent.use("export_list", { kind: "conversions", campaign_id });
    assert.match(file.beginning.text, /o-1/);
    assert.equal((await agent.use("list_reviews", { campaign_id })).total, 0);
    // There is nothing to decide: test/participants/reviews/reviews.test.ts does that.
    const nothing = await agent.client.callTool({
      name: "decide_review",
      arguments: { review_id: 2, verdict: "deny" },
    });
    assert.ok(nothing.isError);
    const found = await agent.use("search_docs", { query: "idempotency key" });
    assert.match(found.results[0].title, /Idempotency/);

    const { id: webhook_id } = await post("/webhooks", { link }, { "X-API-Key": key });
    assert.equal((await agent.use("failing_webhooks")).looked_at, 1);
    const since = new Date(Date.now() - 3_600_000).toISOString();
    await agent.use("recover_webhook", { webhook_id, since });

    const waitlist = await fetch(`${local.url}/api/v1/campaigns`, {
      method: "POST",
      headers: { "Content-Type": "application/json", "X-API-Key": key },
      body: JSON.stringify({ name: "Line", brand_id: campaign.brand_id, waitlist_enabled: true }),
    });
    const line = ((await waitlist.json()) as { data: { id: number } }).data.id;
    await agent.use("sign_up_participant", { campaign_id: line, email: "w@example.com", name: "W" });
    const release = { campaign_id: line, count: 1 };
    assert.equal((await agent.use("release_waitlist", release)).preview.would_admit, 1);
    assert.ok((await agent.confirmed("release_waitlist", release)).release_id);

    assert.deepEqual([...agent.used, "decide_review"].toSorted(), tools.map(({ name }) => name).toSorted());
    await agent.client.close();
  });
});
