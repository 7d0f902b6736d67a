import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { WALLET } from "../../demo/tokens/anvil.ts";
import type { Call } from "./tokens/endpoints.ts";
import { everythingAddsUp, type Friend, openScene, type Scene } from "./tokens/scene.ts";

/** `npm run proof` runs the long form: all rewards at once, and a kill before and after every step. */
const isLong = Number(process.env.RUNS ?? 1) > 1;
const FRIENDS = isLong ? 1000 : 16;

/** When the runtime is killed: `before` a request reaches the node, or `after`, so its response is lost. */
const STEPS = [
  "eth_getBalance",
  "eth_getCode",
  "eth_estimateGas",
  "eth_sendRawTransaction",
  "eth_getTransactionCount",
  "eth_getTransactionReceipt",
  "eth_blockNumber",
];
const SHORT = ["eth_sendRawTransaction"];
const KILLS = (isLong ? STEPS : SHORT).flatMap((method) => [
  { method, when: "before" as const },
  { method, when: "after" as const },
]);

describe("token transfers on a chain", { timeout: 3_600_000 }, () => {
  let scene: Scene;
  const friends: Friend[] = [];
  const join = async (n: number) => friends.push(...(await scene.friends(n)));
  before(async () => {
    scene = await openScene();
    await scene.anvil.mines(true);
  });
  after(() => scene?.close());

  it(`pay ${FRIENDS} concurrent rewards with as many transactions`, async () => {
    await join(FRIENDS);
    await scene.settled(friends.length, "confirmed");
    await everythingAddsUp(scene, friends);
  });

  for (const { method, when } of KILLS)
    it(`pay once if the runtime is killed ${when} ${method}`, async () => {
      // Nothing begins before both have joined, because a kill would end their requests.
      scene.endpoints.behave(async () => "hangs up");
      await join(2);
      let killed: Promise<void> | undefined;
      scene.endpoints.behave(async (call, forward) => {
        if (call.method !== method || killed) return forward();
        if (when === "after") await forward();
        killed ??= scene.kill();
        return "hangs up";
      });
      await scene.until(async () => killed !== undefined);
      await killed;
      await scene.settled(friends.length, "confirmed");
      scene.endpoints.behave();
      await everythingAddsUp(scene, friends);
    });

  it("trust a receipt only if both endpoints have it, and ignore timeouts", async () => {
    let lies = 0;
    let silent = 0;
    await scene.anvil.mines(false);
    scene.endpoints.behave(async (call, forward) => {
      if (call.method === "eth_sendRawTransaction") {
        // The node has it, but the response is lost.
        silent += 1;
        await forward();
        return "hangs up";
      }
      // One endpoint lies: it reports a higher nonce, and a receipt that we would accept.
      if (call.method === "eth_getTransactionCount" && call.endpoint === 1) return { result: "0xffff" };
      if (call.method === "eth_getTransactionReceipt" && call.endpoint === 1) {
        lies += 1;
        return { result: receiptOf(call, scene.addresses.Plain) };
      }
      return forward();
    });
    await join(1);
    await scene.until(async () => silent > 2);
    scene.endpoints.behave(async (call, forward) => {
      if (call.endpoint !== 1 || call.method !== "eth_getTransactionReceipt") return forward();
      lies += 1;
      return { result: receiptOf(call, scene.addresses.Plain) };
    });
    await scene.anvil.ask("anvil_mine", "0x5");
    await scene.until(async () => lies > 2);
    assert.ok((await scene.rewards()).some(({ status }) => status === "pending"));
    scene.endpoints.behave();
    await scene.anvil.mines(true);
    await scene.settled(friends.length, "confirmed");
    await everythingAddsUp(scene, friends);
  });

  it("go back to sent after a reorganization, and are still paid once", async () => {
    await scene.anvil.mines(false);
    await join(1);
    const transferOf = async () =>
      (
        await scene.api.get<{ transfers: { state: string; block: number | null; transaction: string }[] }>(
          "/transfers?limit=1",
        )
      ).transfers[0];
    await scene.until(async () => (await transferOf())?.state === "sent");
    await scene.anvil.ask("anvil_mine", "0x1");
    await scene.until(async () => (await transferOf())?.block);
    await scene.anvil.ask("anvil_reorg", 1, []);
    await scene.until(async () => {
      const transfer = await transferOf();
      return transfer?.state === "sent" && transfer.block === null;
    });
    assert.equal((await scene.rewards()).filter(({ status }) => status === "pending").length, 1);
    await scene.anvil.mines(true);
    await scene.settled(friends.length, "confirmed");
    await everythingAddsUp(scene, friends);
  });

  it("replace a stuck transaction under its nonce with higher fees, up to the maximum", async () => {
    await scene.anvil.mines(false);
    const raws = new Set<string>();
    scene.endpoints.behave((call, forward) => {
      if (call.method === "eth_sendRawTransaction") raws.add(String(call.params[0]));
      return forward();
    });
    await join(1);
    await scene.until(async () => raws.size >= 3);
    await scene.anvil.mines(true);
    await scene.settled(friends.length, "confirmed");
    scene.endpoints.behave();
    await everythingAddsUp(scene, friends);
  });

  it("refuse tokens that keep or change the amount, and pay one that returns nothing", async () => {
    await scene.friends(1, "Taxed");
    await scene.friends(1, "Growing");
    await scene.friends(1, "Refusing");
    await scene.friends(1, "Poor");
    const [silent] = await scene.friends(1, "Silent");
    const reasonOf = async (name: "Taxed" | "Growing" | "Refusing") =>
      (await scene.settled(1, "failed", name))[0]?.token_reason;
    assert.equal(await reasonOf("Taxed"), "fee_on_transfer");
    assert.equal(await reasonOf("Growing"), "rebasing");
    assert.equal(await reasonOf("Refusing"), "rejected");
    await scene.settled(1, "confirmed", "Silent");
    assert.equal(await scene.anvil.balanceOf(scene.addresses.Silent, silent?.address ?? ""), 2_500_000n);
    await scene.until(async () => (await scene.rewards("Poor"))[0]?.token_reason === "empty_wallet");
    await scene.anvil.ask("anvil_dealERC20", WALLET, scene.addresses.Poor, "0x2625a0");
    await scene.settled(1, "confirmed", "Poor");
  });

  it("fail if the transaction did not move the amount, and are repeated only on request", async () => {
    await scene.anvil.mines(false);
    await scene.friends(1, "Turning");
    await scene.settled(1, "sent", "Turning");
    const from = (await scene.anvil.ask<string[]>("eth_accounts"))[9];
    // turn(), ahead of the transfer in the same block.
    await scene.anvil.ask("eth_sendTransaction", {
      from,
      to: scene.addresses.Turning,
      data: "0x8b299903",
      maxFeePerGas: "0x174876e800",
      maxPriorityFeePerGas: "0x174876e800",
      gas: "0x20000",
    });
    await scene.anvil.mines(true);
    const [reward] = await scene.settled(1, "failed", "Turning");
    assert.equal(reward?.token_reason, "not_paid");
    assert.equal(reward?.status, "pending");
  });

  it("sign and repeat nothing while transfers are paused", async () => {
    const count = (method: string) => scene.endpoints.calls.filter((call) => call.method === method).length;
    await scene.anvil.mines(false);
    await join(1);
    await scene.until(async () => (await scene.rewards()).some(({ token_state }) => token_state === "sent"));
    await scene.operator("/operator/tokens/pause");
    /** Two endpoints, a look each second. */
    const looked = async (times: number) => {
      const looks = count("eth_blockNumber");
      await scene.until(async () => count("eth_blockNumber") > looks + times);
    };
    // Transfers in progress at the pause still finish.
    await looked(4);
    const sends = count("eth_sendRawTransaction");
    await join(1);
    // Long enough to be stuck, and to be replaced.
    await looked(8);
    assert.equal(count("eth_sendRawTransaction"), sends);
    await scene.operator("/operator/tokens/resume");
    await scene.anvil.mines(true);
    await scene.settled(friends.length, "confirmed");
    await everythingAddsUp(scene, friends);
  });
});

/** A successful receipt. */
const receiptOf = ({ params }: Call, token: string) => ({
  transactionHash: params[0],
  blockHash: `0x${"1".repeat(64)}`,
  blockNumber: "0x1",
  status: "0x1",
  logs: [{ address: token, topics: [], data: "0x", removed: false }],
});
