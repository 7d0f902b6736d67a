import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { startLocal } from "../../scripts/local.ts";
import { newSecret } from "../../scripts/secrets.ts";
import { headline, progress, say, table } from "../show.ts";
import { CHAIN_ID, KEY, openAnvil, WALLET } from "./anvil.ts";
import { AMOUNT, addressNumber, openAccount, openCampaign } from "./campaign.ts";

// `npm run demo -- --token`: friends earn tokens, which arrive on a chain on this machine.

const FRIENDS = 12;
const LOOK_EVERY_MS = 500;

for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => process.exit(130));
const stateDir = mkdtempSync(join(tmpdir(), "referrals-demo-"));
process.on("exit", () => rmSync(stateDir, { recursive: true, force: true }));

headline("Starting a local chain (anvil), and the product with a wallet");
const anvil = await openAnvil();
const token = await anvil.deploy("Plain");
await anvil.mines(true);
const chain = {
  id: CHAIN_ID,
  name: "Anvil",
  // The same node under two names, in place of two providers.
  rpc: [anvil.url, anvil.url.replace("127.0.0.1", "localhost")],
  confirmations: 2,
  max_fee_gwei: "100",
  min_balance: "0.01",
  explorer: "https://explorer.example",
  poll_seconds: 1,
};
const limits = { max_per_transfer: "100", max_per_day: "1000", approve_above: "50" };
const operatorToken = newSecret();
const product = await startLocal({
  port: 0,
  stateDir,
  logs: false,
  crons: ["* * * * * *"],
  vars: {
    JWT_SECRET: newSecret(),
    CODE_SECRET: newSecret(),
    SEAL_SECRET: newSecret(),
    OPERATOR_TOKEN: operatorToken,
    TOKEN_CHAINS: JSON.stringify([chain]),
    TOKENS: JSON.stringify([{ chain_id: CHAIN_ID, address: token, symbol: "TST", decimals: 6, ...limits }]),
    TOKEN_WALLET_KEY: KEY,
  },
});
say(`  ${product.url}, the wallet ${WALLET}, and the token ${token}`);

headline(`${FRIENDS} friends sign up. Each earns ${AMOUNT} TST and gives an address`);
const { api, brand } = await openAccount(product.url, operatorToken);
const campaign = await openCampaign(api, brand, token);
const ada = await api.post<{ referral_code: string }>("/signups", {
  campaign_id: campaign,
  email: "ada@example.com",
  name: "Ada",
});
for (let n = 0; n < FRIENDS; n++) {
  const friend = { email: `friend-${n}@example.com`, name: `Friend ${n + 1}` };
  const { participant } = await api.post<{ participant: { id: number } }>("/signups/referral", {
    referral_code: ada.referral_code,
    ...friend,
  });
  await api.patch(`/participants/${participant.id}`, { wallet_address: addressNumber(n) });
}

headline("The wallet signs, sends, and waits for two confirmations");
type Transfer = { state: string; address: string; transaction: string; explorer_url: string };
const transfers = async () =>
  (await api.get<{ transfers: Transfer[] }>(`/transfers?campaign_id=${campaign}&limit=100`)).transfers;
const show = progress("transfers confirmed", FRIENDS);
let shown = await transfers();
while (shown.length < FRIENDS || shown.some(({ state }) => state !== "confirmed")) {
  show(shown.filter(({ state }) => state === "confirmed").length);
  await setTimeout(LOOK_EVERY_MS);
  shown = await transfers();
}
show(FRIENDS);
for (const { address, explorer_url } of shown) say(`  ${address}  ${explorer_url}`);

headline("Does it add up?");
const sent = await anvil.sent();
const balances = await Promise.all(Array.from({ length: FRIENDS }, (_, n) => anvil.balanceOf(token, addressNumber(n))));
const isDense = sent.every(({ nonce }, n) => nonce === n);
const wrong = table([
  { what: "transactions on the chain", expected: FRIENDS, seen: sent.length, how: "blocks of the chain" },
  {
    what: "nonces without a gap",
    expected: FRIENDS,
    seen: isDense ? sent.length : 0,
    how: "0 to the last, in the blocks",
  },
  {
    what: "friends who have their tokens",
    expected: FRIENDS,
    seen: balances.filter((units) => units === 2_500_000n).length,
    how: "balanceOf",
  },
]);
// The runtime and the chain end with this process.
process.exit(wrong.length > 0 ? 1 : 0);
