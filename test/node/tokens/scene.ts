import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { killRuntime } from "../../../chaos/nemesis.ts";
import type { Api } from "../../../demo/api.ts";
import { CHAIN_ID, KEY, openAnvil } from "../../../demo/tokens/anvil.ts";
import { addressNumber, openAccount, openCampaign } from "../../../demo/tokens/campaign.ts";
import { startLocal } from "../../../scripts/local.ts";
import { openEndpoints } from "./endpoints.ts";

const OPERATOR_TOKEN = "operator-token";
/** 2.5 tokens with six decimals. */
export const UNITS = 2_500_000n;
const AT_ONCE = 24;

export type Reward = {
  id: number;
  participant_id: number;
  status: string;
  token_state: string | null;
  token_reason: string | null;
  token_transaction: string | null;
};
export type Friend = { id: number; address: string };

const CONTRACTS = ["Plain", "Silent", "Taxed", "Growing", "Refusing", "Turning", "Poor"] as const;
export type Name = (typeof CONTRACTS)[number];

/** The product with its own chain, and a campaign for each token, which gives it to each friend. */
export async function openScene() {
  const anvil = await openAnvil();
  const endpoints = await openEndpoints(anvil);
  const addresses = {} as Record<Name, string>;
  for (const name of CONTRACTS) addresses[name] = await anvil.deploy(name === "Poor" ? "Plain" : name, name !== "Poor");
  const stateDir = mkdtempSync(join(tmpdir(), "referrals-tokens-"));
  const pidFile = join(stateDir, "workerd.pid");
  process.env.WORKERD_PID_FILE = pidFile;
  const chains = [
    {
      id: CHAIN_ID,
      name: "Anvil",
      rpc: endpoints.urls,
      confirmations: 2,
      max_fee_gwei: "100",
      min_balance: "0.01",
      explorer: "https://explorer.example",
      poll_seconds: 1,
      stuck_seconds: 2,
    },
  ];
  const tokens = Object.values(addresses).map((address) => ({
    chain_id: CHAIN_ID,
    address,
    symbol: "TST",
    decimals: 6,
    max_per_transfer: "1000",
    max_per_day: "1000000",
    approve_above: "100",
  }));
  const settings = { TOKENS: JSON.stringify(tokens), TOKEN_CHAINS: JSON.stringify(chains), TOKEN_WALLET_KEY: KEY };
  const secrets = { JWT_SECRET: "a", CODE_SECRET: "b", SEAL_SECRET: "c", OPERATOR_TOKEN };
  const product = await startLocal({
    port: 0,
    stateDir,
    logs: false,
    isSilent: true,
    crons: ["* * * * * *"],
    vars: { ...secrets, ...settings },
  });
  const { api, brand } = await openAccount(product.url, OPERATOR_TOKEN);
  const campaigns = {} as Record<Name, number>;
  for (const name of CONTRACTS) campaigns[name] = await openCampaign(api, brand, addresses[name]);
  let signedUp = 0;

  const rewards = (name: Name = "Plain") =>
    api.all<Reward>(`/rewards?campaign_id=${campaigns[name]}&reward_type=4`, "rewards");

  return {
    anvil,
    endpoints,
    addresses,
    product,
    api,
    rewards,
    kill: () => killRuntime(pidFile, product.url),
    operator: (path: string) => submitAsOperator(product.url, path),
    /** Signs friends up. Each earns a token, and gets an address unless told not to. */
    friends: async (n: number, name: Name = "Plain", withAddress = true): Promise<Friend[]> => {
      const from = signedUp;
      signedUp += n;
      const ada = await api.post<{ referral_code: string }>("/signups", {
        campaign_id: campaigns[name],
        email: `ada-${from}@example.com`,
        name: "Ada",
      });
      const friends: Friend[] = [];
      for (let first = from; first < from + n; first += AT_ONCE) {
        const some = Array.from({ length: Math.min(AT_ONCE, from + n - first) }, (_, k) => first + k);
        friends.push(
          ...(await Promise.all(
            some.map(async (k) => {
              const { participant } = await api.post<{ participant: { id: number } }>("/signups/referral", {
                referral_code: ada.referral_code,
                email: `friend-${k}@example.com`,
                name: `Friend ${k}`,
              });
              const friend = { id: participant.id, address: addressNumber(k) };
              if (withAddress) await api.patch(`/participants/${friend.id}`, { wallet_address: friend.address });
              return friend;
            }),
          )),
        );
      }
      return friends;
    },
    /** Waits for a background event. */
    until,
    /** Waits until this many rewards are in a state. */
    settled: (n: number, state: string, name: Name = "Plain") =>
      until(async () => {
        const all = await rewards(name);
        return all.filter(({ token_state }) => token_state === state).length >= n ? all : null;
      }),
    close: async () => {
      await product.stop();
      endpoints.close();
      await anvil.stop();
      rmSync(stateDir, { recursive: true, force: true });
      delete process.env.WORKERD_PID_FILE;
    },
  };
}
export type Scene = Awaited<ReturnType<typeof openScene>>;

/** Long enough for a busy machine. After this time, the test fails. */
const PATIENCE_MS = 600_000;
const LOOK_EVERY_MS = 100;

export async function until<T>(look: () => Promise<T | null | false | undefined>): Promise<T> {
  const end = performance.now() + PATIENCE_MS;
  let failure: unknown;
  while (performance.now() < end) {
    try {
      const seen = await look();
      if (seen) return seen;
    } catch (error) {
      failure = error;
    }
    await setTimeout(LOOK_EVERY_MS);
  }
  throw new Error("It did not happen.", { cause: failure });
}

/** Sends a form of the operator's pages. */
async function submitAsOperator(url: string, path: string): Promise<void> {
  const submit = (to: string, cookie: string, fields: Record<string, string>) =>
    fetch(url + to, {
      method: "POST",
      body: new URLSearchParams(fields),
      headers: { Origin: url, Cookie: cookie },
      redirect: "manual",
    });
  const signedIn = await submit("/operator/sign-in", "", { token: OPERATOR_TOKEN });
  const cookie = signedIn.headers
    .getSetCookie()
    .map((one) => one.split(";")[0])
    .join("; ");
  assert.equal((await submit(path, cookie, {})).status, 303);
}

/** Every friend got the amount, by one transaction, under nonces without a gap, and the product says the same as the chain. */
export async function everythingAddsUp(scene: Scene, friends: Friend[]): Promise<void> {
  const { anvil } = scene;
  const rewards = await scene.rewards();
  assert.equal(rewards.length, friends.length);
  const all = await anvil.sent();
  assert.deepEqual(
    all.map(({ nonce }) => nonce),
    all.map((_, n) => n),
    "the nonces are dense",
  );
  const sent = all.filter(({ token }) => token === scene.addresses.Plain.toLowerCase());
  assert.equal(sent.length, friends.length, "one transaction per reward");
  const hashes = new Map(sent.map(({ hash, to, units }) => [hash, { to, units }]));
  for (const reward of rewards) {
    const friend = friends.find(({ id }) => id === reward.participant_id);
    assert.equal(reward.status, "fulfilled");
    assert.equal(reward.token_state, "confirmed");
    assert.deepEqual(hashes.get(reward.token_transaction ?? ""), { to: friend?.address.toLowerCase(), units: UNITS });
  }
  assert.equal(new Set(rewards.map(({ token_transaction }) => token_transaction)).size, friends.length);
  const balances = await Promise.all(friends.map(({ address }) => anvil.balanceOf(scene.addresses.Plain, address)));
  assert.ok(balances.every((balance) => balance === UNITS));
  const own = new Set(rewards.map(({ id }) => id));
  const told = (await fulfilledEvents(scene.api)).filter(({ data }) => own.has(data.id));
  assert.deepEqual(
    told.map(({ data }) => `${data.id} ${data.token_transaction}`).sort(),
    rewards.map(({ id, token_transaction }) => `${id} ${token_transaction}`).sort(),
    "reward.fulfilled once per reward, with the transaction",
  );
}

type Told = { data: { id: number; token_transaction: string } };

async function fulfilledEvents(api: Api): Promise<Told[]> {
  const told: Told[] = [];
  for (let after = 0; ; ) {
    type Part = { items: Told[]; pagination: { after: number } };
    const { items, pagination } = await api.get<Part>(`/events?type=reward.fulfilled&limit=100&after=${after}`);
    told.push(...items);
    if (items.length === 0) return told;
    after = pagination.after;
  }
}
