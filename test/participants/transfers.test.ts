import { runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, it } from "vitest";
import { participantLinkToken, participantToken } from "../../src/auth/token";
import { openDb } from "../../src/lib/db";
import type { Env } from "../../src/lib/env";
import { beginTransfers, transferUse } from "../../src/participants/transfers/transfer-round";
import { setOwnAddress } from "../../src/participants/transfers/wallet-address";
import { amountIn, unitsOf } from "../../src/participants/wallet/amount";
import { explorerUrl, tokensOf } from "../../src/participants/wallet/token-settings";
import type { TokenWallet } from "../../src/participants/wallet/token-wallet";
import { WalletBook } from "../../src/participants/wallet/wallet-book";
import { walletAddress, walletOf } from "../../src/participants/wallet/wallet-client";
import type { Order } from "../../src/participants/wallet/wallet-order";
import { en } from "../../src/texts/en/en";
import { newCampaign, someone, type TestCampaign } from "../support/campaign";
import { call } from "../support/client";
import { browser, browserOf, colleagueOf } from "../support/session";

const [CHAIN, TOKEN] = [1, `0x${"a".repeat(40)}`];
/** Of EIP-55 itself. */
const ADDRESS = "0xfB6916095ca1df60bB79Ce92cE3Ea74c37c5d359";
const KEY = `0x${"1".repeat(64)}`;
const SECRET_PATH = "the-operators-own-key";
const chain = {
  id: CHAIN,
  name: "Ethereum",
  rpc: [`https://one.example.com/${SECRET_PATH}`, `https://two.example.org/${SECRET_PATH}`],
  confirmations: 12,
  max_fee_gwei: "60",
  min_balance: "0.05",
  explorer: "https://etherscan.io/",
};
const token = {
  chain_id: CHAIN,
  address: TOKEN,
  symbol: "TST",
  decimals: 6,
  max_per_transfer: "100",
  max_per_day: "1000",
  approve_above: "10",
};
const set = (chains: object[] = [chain], tokens: object[] = [token]): Partial<Env> => ({
  TOKEN_CHAINS: JSON.stringify(chains),
  TOKENS: JSON.stringify(tokens),
  TOKEN_WALLET_KEY: KEY,
});
const ON = set();

const ctxWith = (over: Partial<Env> = ON) => ({
  db: openDb(env.DB, "first-primary"),
  env: { ...env, ...over } as Env,
  now: () => new Date(),
  later: () => {},
});
const begin = (over?: Partial<Env>) => beginTransfers(ctxWith(over));
const round = (ids: number[], over?: Partial<Env>) => transferUse.round(ctxWith(over), ids);

/** A campaign that gives its friends tokens, and a friend with a reward. */
async function tokenCampaign(amount = "2.5") {
  const campaign = await newCampaign({ num_signups: 1000, reward_invited: true });
  await env.DB.prepare("UPDATE brands SET in_vnoc = 1 WHERE id = ?").bind(campaign.brand.id).run();
  const put = (path: string, body: object) => campaign.owner.put(`/api/v1/campaigns/${campaign.id}${path}`, body);
  await put("", { reward_type: 4 });
  await put("/reward", { token_symbol: "TST", token_address: TOKEN, token_amount: amount, token_chain_id: CHAIN });
  const ada = (await campaign.signUp(someone())).data;
  const friend = (await campaign.refer(ada.referral_code, someone())).data;
  return { campaign, friend, id: friend.invited_reward.id as number };
}
type Scene = { campaign: TestCampaign; id: number };
const rewardOf = async ({ campaign, id }: Scene) => (await campaign.owner.get(`/api/v1/rewards/${id}`)).data;
const give = (
  { campaign, friend }: Awaited<ReturnType<typeof tokenCampaign>>,
  wallet_address: string | null = ADDRESS,
) => campaign.owner.patch(`/api/v1/participants/${friend.id}`, { wallet_address }, { env: ON });
/** As after a round that handed it to the wallet. */
async function handedOver(amount?: string) {
  const scene = await tokenCampaign(amount);
  await give(scene);
  await begin();
  await round([scene.id]);
  return scene;
}

describe("token settings", () => {
  const problemOf = (over: Partial<Env>) => {
    const settings = tokensOf({ ...env, ...over } as Env);
    return settings.state === "broken" ? settings.problem : settings.state;
  };

  it("are off without all three, and on with them", () => {
    expect(problemOf({})).toBe("off");
    expect(problemOf({ TOKENS: JSON.stringify([token]) })).toMatch(/TOKEN_WALLET_KEY/);
    expect(problemOf(ON)).toBe("on");
  });

  it.each([
    ["an RPC URL without https", set([{ ...chain, rpc: ["http://one.example.com", chain.rpc[1]] }]), /https/],
    ["one of a private address", set([{ ...chain, rpc: ["https://10.0.0.1/", chain.rpc[1]] }]), /host name/],
    ["one of an internal name", set([{ ...chain, rpc: ["https://rpc.internal/", chain.rpc[1]] }]), /public host/],
    ["two of one host", set([{ ...chain, rpc: [chain.rpc[0], "https://one.example.com/other"] }]), /different hosts/],
    ["a token of no chain", set([chain], [{ ...token, chain_id: 5 }]), /chain 5/],
    ["a token twice", set([chain], [token, { ...token, address: TOKEN.toUpperCase().replace("0X", "0x") }]), /twice/],
    ["a cap with too many decimals", set([chain], [{ ...token, max_per_day: "1.0000001" }]), /decimals/],
    ["an unknown field", set([{ ...chain, confirmation: 1 }]), /confirmation/],
    ["no JSON", { ...ON, TOKENS: "{" }, /JSON/],
    ["a short key", { ...ON, TOKEN_WALLET_KEY: "0x1" }, /32 bytes/],
    ["a number that is no key", { ...ON, TOKEN_WALLET_KEY: `0x${"f".repeat(64)}` }, /private key/],
  ])("refuse %s, without revealing a secret", (_, over, problem) => {
    expect(problemOf(over)).toMatch(problem);
    expect(problemOf(over)).not.toMatch(new RegExp(`${SECRET_PATH}|${KEY}`));
  });

  it("count amounts in whole units, up to the token's decimals", () => {
    expect(unitsOf("2.5", 6)).toBe(2_500_000n);
    expect(unitsOf("0.1", 18)).toBe(10n ** 17n);
    expect(unitsOf("1.2300", 2)).toBe(123n);
    for (const wrong of ["0", "0.0", "-1", "1e3", "1.001", "", null, "9".repeat(70)])
      expect(unitsOf(wrong, 2)).toBeNull();
    expect(amountIn(2_500_000n, 6)).toBe("2.5");
    expect(amountIn(5n, 0)).toBe("5");
    expect(explorerUrl({ ...env, ...ON } as Env, CHAIN, "0xabc")).toBe("https://etherscan.io/tx/0xabc");
  });
});

describe("a token reward", () => {
  it("waits as before without the settings, with a reason", async () => {
    const scene = await tokenCampaign();
    await begin({});
    const reward = await rewardOf(scene);
    expect(reward).toMatchObject({
      status: "pending",
      token_state: "pending",
      token_reason: "not_set_up",
      token_transaction: null,
    });
    const paid = await scene.campaign.owner.patch(`/api/v1/rewards/${scene.id}`, { status: "fulfilled" });
    expect(paid.data).toMatchObject({ status: "fulfilled", token_state: null });
  });

  it("waits for a valid address, and then goes to the wallet", async () => {
    const scene = await tokenCampaign();
    await begin();
    await round([scene.id]);
    expect(await rewardOf(scene)).toMatchObject({ token_state: "pending", token_reason: "address_missing" });
    await env.DB.prepare("UPDATE transfers SET next_attempt_at = 0, reason = NULL WHERE id = ?").bind(scene.id).run();
    await round([scene.id]);
    const questions = env.DB.prepare("SELECT count(*) AS n FROM mails WHERE participant_id = ? AND kind = 'wallet'");
    expect(await questions.bind(scene.friend.id).first("n"), "asked by email, once").toBe(1);
    for (const wrong of [
      "0x12",
      ADDRESS.replace("fB", "Fb"),
      `0x${"0".repeat(40)}`,
      TOKEN,
      (await walletAddress(ctxWith().env)) ?? "",
    ])
      expect(await give(scene, wrong)).toMatchObject({ status: 400, details: [{ path: "wallet_address" }] });
    expect((await give(scene, ADDRESS.toLowerCase())).data.wallet_address).toBe(ADDRESS);
    await round([scene.id]);
    const { transfers } = (
      await scene.campaign.owner.get(`/api/v1/transfers?campaign_id=${scene.campaign.id}&state=approved`)
    ).data;
    expect(transfers).toMatchObject([
      { reward_id: scene.id, state: "approved", address: ADDRESS, token_amount: "2.5" },
    ]);
    expect(await rewardOf(scene)).toMatchObject({ status: "pending", token_state: "approved" });
  });

  it.each([
    ["token_not_allowed", "2.5", set([chain], [{ ...token, address: `0x${"b".repeat(40)}` }])],
    ["transfer_cap", "100.1", ON],
    ["bad_amount", "2.1234567", ON],
    ["not_set_up", "2.5", { ...ON, TOKENS: "" }],
    ["approval", "10.5", ON],
  ])("waits with the reason %s", async (reason, amount, over) => {
    const scene = await tokenCampaign(amount);
    await give(scene);
    await begin();
    await round([scene.id], over);
    expect(await rewardOf(scene)).toMatchObject({ status: "pending", token_state: "pending", token_reason: reason });
  });

  it("is not sent to blocked or suspended participants, for unlinked brands, or in test mode", async () => {
    const cases: [string, string][] = [
      [
        "participant_not_active",
        "UPDATE participants SET status = 'blocked' WHERE id = (SELECT participant_id FROM rewards WHERE id = ?)",
      ],
      [
        "account_suspended",
        "UPDATE members SET suspended_at = 1 WHERE id = (SELECT member_id FROM rewards WHERE id = ?)",
      ],
      [
        "brand_not_linked",
        "UPDATE brands SET in_vnoc = 0 WHERE id = (SELECT c.brand_id FROM campaigns c JOIN rewards w ON w.campaign_id = c.id WHERE w.id = ?)",
      ],
    ];
    for (const [reason, change] of cases) {
      const scene = await tokenCampaign();
      await give(scene);
      await begin();
      await env.DB.prepare(change).bind(scene.id).run();
      await round([scene.id]);
      expect(await env.DB.prepare("SELECT state, reason FROM transfers WHERE id = ?").bind(scene.id).first()).toEqual({
        state: "pending",
        reason,
      });
    }
  });

  it("ends with its reward, and cannot be decided while it is in transit", async () => {
    const revoked = await tokenCampaign();
    await give(revoked);
    await begin();
    await revoked.campaign.owner.patch(`/api/v1/rewards/${revoked.id}`, { status: "revoked" });
    await round([revoked.id]);
    expect(await rewardOf(revoked)).toMatchObject({
      status: "revoked",
      token_state: "cancelled",
      token_reason: "revoked",
    });

    const handed = await handedOver();
    for (const status of ["revoked", "fulfilled"])
      expect((await handed.campaign.owner.patch(`/api/v1/rewards/${handed.id}`, { status })).status).toBe(409);
    expect(await rewardOf(handed)).toMatchObject({ status: "pending", token_state: "approved" });
  });

  it("is fulfilled once by its confirmed transfer, with the transaction in the event", async () => {
    const scene = await handedOver();
    const wallet = walletOf(env, CHAIN, (await walletAddress(ctxWith().env)) ?? "");
    await runInDurableObject(wallet, (_: TokenWallet, { storage }) => {
      storage.sql.exec(
        "UPDATE orders SET state = 'confirmed', hash = '0xfeed', block = 7, nonce = 0 WHERE reward = ?",
        scene.id,
      );
    });
    for (let again = 0; again < 2; again++) {
      await env.DB.prepare("UPDATE transfers SET next_attempt_at = 0, status = 'pending', state = 'sent' WHERE id = ?")
        .bind(scene.id)
        .run();
      await round([scene.id]);
    }
    expect(await rewardOf(scene)).toMatchObject({
      status: "fulfilled",
      token_state: "confirmed",
      token_transaction: "0xfeed",
    });
    const events = (await scene.campaign.events("reward.fulfilled")).filter(({ reward_id }) => reward_id === scene.id);
    expect(events.map(({ data }) => JSON.parse(data).reward)).toMatchObject([
      { token_transaction: "0xfeed", token_state: "confirmed" },
    ]);
    const { transfers } = (await scene.campaign.owner.get(`/api/v1/transfers?campaign_id=${scene.campaign.id}`)).data;
    expect(transfers[0]).toMatchObject({ state: "confirmed", transaction: "0xfeed", block: 7 });
  });

  it("is withdrawn from the wallet if its participant was blocked before it was signed", async () => {
    const scene = await handedOver();
    await scene.campaign.owner.patch(`/api/v1/participants/${scene.friend.id}`, { status: "blocked" });
    await env.DB.prepare("UPDATE transfers SET next_attempt_at = 0 WHERE id = ?").bind(scene.id).run();
    await round([scene.id]);
    expect(await env.DB.prepare("SELECT state, reason FROM transfers WHERE id = ?").bind(scene.id).first()).toEqual({
      state: "cancelled",
      reason: "participant_not_active",
    });
  });

  it("keeps no address of an erased participant", async () => {
    const scene = await handedOver();
    await scene.campaign.owner.delete(`/api/v1/participants/${scene.friend.id}`);
    expect(
      await env.DB.prepare("SELECT address FROM transfers WHERE id = ?").bind(scene.id).first("address"),
    ).toBeNull();
    expect(
      await env.DB.prepare("SELECT wallet_address FROM participants WHERE id = ?")
        .bind(scene.friend.id)
        .first("wallet_address"),
    ).toBeNull();
  });
});

describe("approval", () => {
  const waiting = async () => {
    const scene = await handedOver("10.5");
    expect(await rewardOf(scene)).toMatchObject({ token_reason: "approval" });
    return scene;
  };
  const form = (id: number) => `/rewards/transfers/${id}`;

  it("is for the owner only, in the dashboard, and lets the transfer go", async () => {
    const { campaign, id } = await waiting();
    const editor = await colleagueOf(campaign.owner, "editor");
    expect((await (await browserOf(editor.member, campaign.owner)).submit(form(id), { act: "approve" })).status).toBe(
      403,
    );
    const owner = await browserOf(campaign.owner);
    const { text } = await owner.page("/rewards/transfers", { env: ON });
    expect(text).toContain("Waiting for approval");
    await newCampaign({}, campaign.owner);
    const brand = `>Test</a><div class="quiet">${campaign.brand.domain}</div>`;
    expect(text).not.toContain(brand);
    expect((await owner.page("/rewards/transfers", { env: ON })).text).toContain(brand);
    expect((await owner.submit(form(id), { act: "approve" })).status).toBe(303);
    await round([id]);
    expect(await rewardOf({ campaign, id })).toMatchObject({ token_state: "approved", token_reason: null });
    expect((await owner.submit(form(id), { act: "approve" })).status).toBe(400);
    const stranger = await newCampaign();
    expect((await (await browserOf(stranger.owner)).submit(form(id), { act: "cancel" })).status).toBe(404);
  });

  it("can be refused: a canceled transfer is not sent, and restarts only on request", async () => {
    const { campaign, id } = await handedOver();
    const owner = await browserOf(campaign.owner);
    expect((await owner.submit(form(id), { act: "cancel" })).status).toBe(303);
    expect(await rewardOf({ campaign, id })).toMatchObject({ status: "pending", token_state: "cancelled" });
    expect((await owner.submit(form(id), { act: "retry" })).status).toBe(303);
    await round([id]);
    expect(await rewardOf({ campaign, id })).toMatchObject({ token_state: "approved" });
    expect(await env.DB.prepare("SELECT tries FROM transfers WHERE id = ?").bind(id).first("tries")).toBe(2);
    await env.DB.prepare("UPDATE transfers SET state = 'sent' WHERE id = ?").bind(id).run();
    expect((await owner.submit(form(id), { act: "cancel" })).status).toBe(400);
  });
});

describe("a participant's own address", () => {
  it("is set on their own page, in their language, with an emailed link", async () => {
    const scene = await tokenCampaign();
    const link = await participantLinkToken(env, { id: scene.friend.id, campaign_id: scene.campaign.id }, new Date());
    const visitor = browser();
    expect((await visitor.page(`/status/${link}`)).text).toContain(en.wallet_missing);
    expect((await visitor.page(`/status/${link}/wallet`)).text).toContain(en.wallet_label);
    const wrong = await visitor.submit(`/status/${link}/wallet`, { address: "<b>0x1" });
    expect(wrong.status).toBe(400);
    expect(wrong.text).toContain("&lt;b&gt;0x1");
    const saved = await visitor.submit(`/status/${link}/wallet`, { address: ADDRESS });
    expect(saved.status).toBe(200);
    expect(saved.text).toContain(ADDRESS);
    expect((await visitor.page(`/status/${link}`)).text).toContain(en.wallet_known);
    expect((await visitor.page(`/status/${link}x/wallet`)).status).toBe(404);
  });

  it("cannot be set by someone who only typed the email", async () => {
    const scene = await tokenCampaign();
    const actor = {
      kind: "participant" as const,
      campaignId: scene.campaign.id,
      participantId: scene.friend.id,
      isProven: false,
      issued: new Date(),
    };
    const ctx = { ...ctxWith(), actor } as unknown as Parameters<typeof setOwnAddress>[0];
    await expect(setOwnAddress(ctx, ADDRESS)).rejects.toMatchObject({ code: "proof_needed" });
    const typed = await participantToken(env, { id: scene.friend.id, campaign_id: scene.campaign.id }, new Date(), {
      isProven: false,
    });
    expect((await call("GET", `/status/${typed}/wallet`)).status).toBe(404);
    await give(scene);
    const headers = { Authorization: `Bearer ${typed}` };
    const { data, text } = await call("GET", "/api/widget/participant", undefined, { headers });
    expect(text).not.toContain(ADDRESS);
    expect(data.rewards).toMatchObject([{ token_state: "pending", token_reason: null }]);
  });
});

describe("a wallet's book", () => {
  const order: Order = { key: "64.1", reward: 64, try: 1, token: TOKEN, to: ADDRESS, units: "5" };
  const bytes = (nonce: number, hash: string) => ({ hash, nonce, raw: "0x", gas: "1", max_fee: "1", tip: "1", at: 1 });
  let name = "";
  beforeEach(() => {
    name = `book:${crypto.randomUUID()}`;
  });
  const withBook = <T>(work: (book: WalletBook) => T) =>
    runInDurableObject(env.WALLET.getByName(name), (_: TokenWallet, { storage }) => work(new WalletBook(storage)));

  it("accepts an order once, and a new attempt only after the previous one has failed for good", () =>
    withBook((book) => {
      book.take([order, order, { ...order, try: 2 }]);
      expect(book.queued(9, [])).toHaveLength(1);
      const [row] = book.queued(1, []);
      if (!row) throw new Error("no order");
      expect(book.sign(row, bytes(0, "0xa"), "2026-11-28")).toBe(true);
      book.take([{ ...order, try: 2 }]);
      expect(book.queued(9, [])).toHaveLength(0);
      book.settle(0, "failed", "0xa", "reverted");
      book.take([
        { ...order, try: 2 },
        { ...order, try: 3 },
      ]);
      expect(book.queued(9, []).map((one) => one.try)).toEqual([2]);
    }));

  it("signs no order twice, no canceled one, and no nonce twice", () =>
    withBook((book) => {
      book.take([order, { ...order, key: "65.1", reward: 65 }, { ...order, key: "66.1", reward: 66 }]);
      const [first, second, third] = book.queued(9, []);
      if (!first || !second || !third) throw new Error("no orders");
      expect(book.sign(first, bytes(0, "0xa"), "d")).toBe(true);
      expect(book.sign(first, bytes(1, "0xb"), "d")).toBe(false);
      expect(book.sign(second, bytes(0, "0xc"), "d")).toBe(false);
      expect(book.cancel(third.key)).toBe(true);
      expect(book.sign(third, bytes(1, "0xd"), "d")).toBe(false);
      expect(book.cancel(first.key)).toBe(false);
      expect(book.nextNonce).toBe(1);
      expect(book.spent(TOKEN, "d")).toBe(5n);
      expect(book.spent(TOKEN, "e")).toBe(0n);
    }));
});

describe("the secrets of transfers", () => {
  it("appear in no response, page, or row", async () => {
    const scene = await handedOver();
    const operator = browser();
    await operator.submit("/operator/sign-in", { token: "test-operator-token" });
    const owner = await browserOf(scene.campaign.owner);
    const texts = [
      (await operator.page("/operator/tokens", { env: ON })).text,
      (await operator.page("/operator/tokens", { env: { ...ON, TOKENS: "[1]" } })).text,
      (await owner.page("/rewards/transfers", { env: ON })).text,
      JSON.stringify((await scene.campaign.owner.get("/api/v1/transfers", { env: ON })).data),
      JSON.stringify((await env.DB.prepare("SELECT * FROM transfers").all()).results),
    ];
    expect(texts[0]).toContain(await walletAddress(ctxWith().env));
    for (const text of texts) expect(text).not.toMatch(new RegExp(`${SECRET_PATH}|${KEY.slice(2)}`));
  });
});
