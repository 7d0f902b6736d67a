import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { Socket } from "node:net";
import { createInterface } from "node:readline";
import { privateKeyToAccount } from "viem/accounts";

/** Anvil's first account, which has 10,000 coins. */
export const KEY = "0xac0974bec39a17e36ba4a6b4d238ff944bacb478cbed5efcae784d7bf4f2ff80";
export const WALLET = privateKeyToAccount(KEY).address;
export const CHAIN_ID = 31337;
const bytes: Record<string, string> = JSON.parse(readFileSync(new URL("bytes.json", import.meta.url), "utf8"));
export type Contract = "Plain" | "Silent" | "Taxed" | "Growing" | "Refusing" | "Turning" | "Trap";

type Sent = { hash: string; nonce: number; token: string; to: string; units: bigint };

const BLOCK_MS = 250;
/** No test takes out blocks as deep as this. */
const DEEP = 10;

/** A chain on this machine, with accounts that are unlocked. It mines each transaction at once, unless told otherwise. */
export async function openAnvil() {
  const binary = createRequire(import.meta.url).resolve("@foundry-rs/anvil/package.json");
  const { bin } = JSON.parse(readFileSync(binary, "utf8"));
  const script = new URL(typeof bin === "string" ? bin : bin.anvil, `file://${binary}`);
  const child: ChildProcess = spawn(
    process.execPath,
    [script.pathname, "--port", "0", "--chain-id", String(CHAIN_ID)],
    {
      stdio: ["ignore", "pipe", "inherit"],
      detached: true,
    },
  );
  const stop = () => {
    try {
      if (child.pid) process.kill(-child.pid, "SIGKILL");
    } catch {}
  };
  process.on("exit", stop);
  let url = "";
  for await (const line of createInterface({ input: child.stdout as NodeJS.ReadableStream })) {
    const port = /Listening on 127\.0\.0\.1:(\d+)/.exec(line)?.[1];
    if (port) url = `http://127.0.0.1:${port}`;
    if (url) break;
  }
  child.stdout?.resume();
  // A test that failed does not wait for it.
  child.unref();
  (child.stdout as Socket | null)?.unref();

  async function ask<T>(method: string, ...params: unknown[]): Promise<T> {
    const response = await fetch(url, {
      method: "POST",
      body: JSON.stringify({ jsonrpc: "2.0", id: 1, method, params }),
      headers: { "Content-Type": "application/json" },
    });
    const { result, error } = (await response.json()) as { result: T; error?: { message: string } };
    if (error) throw new Error(`${method}: ${error.message}`);
    return result;
  }

  /** Deploys a contract from an account of its own, so the wallet's nonces begin at 0, and gives its tokens to the wallet. */
  async function deploy(contract: Contract, isFilled = true): Promise<string> {
    const from = (await ask<string[]>("eth_accounts"))[9] as string;
    const hash = await ask<string>("eth_sendTransaction", { from, data: bytes[contract], gas: "0x200000" });
    await mined(hash);
    const { contractAddress } = await ask<{ contractAddress: string }>("eth_getTransactionReceipt", hash);
    if (isFilled && contract !== "Trap")
      await ask("anvil_dealERC20", WALLET, contractAddress, `0x${(10n ** 14n).toString(16)}`);
    return contractAddress;
  }

  /** Moves tokens from the account that deployed them. */
  async function give(token: string, to: string, units: bigint) {
    const from = (await ask<string[]>("eth_accounts"))[9] as string;
    const data = `0xa9059cbb${to.slice(2).toLowerCase().padStart(64, "0")}${units.toString(16).padStart(64, "0")}`;
    await mined(await ask<string>("eth_sendTransaction", { from, to: token, data, gas: "0x50000" }));
  }

  async function mined(hash: string) {
    while (!(await ask("eth_getTransactionReceipt", hash))) await ask("evm_mine");
  }

  const balanceOf = async (token: string, who: string) =>
    BigInt(
      await ask<string>(
        "eth_call",
        { to: token, data: `0x70a08231${who.slice(2).toLowerCase().padStart(64, "0")}` },
        "latest",
      ),
    );

  /** The results of final blocks, up to `scanned`. */
  const known: Sent[] = [];
  let scanned = -1;
  /** Every transaction of the wallet that is in a block, in the order of the nonces. */
  async function sent(): Promise<Sent[]> {
    const head = Number(await ask<string>("eth_blockNumber"));
    const fresh: Sent[] = [];
    for (let n = scanned + 1; n <= head; n++) {
      const found = await sentIn(n);
      if (n > head - DEEP) fresh.push(...found);
      else {
        known.push(...found);
        scanned = n;
      }
    }
    return [...known, ...fresh].sort((a, b) => a.nonce - b.nonce);
  }

  async function sentIn(block: number): Promise<Sent[]> {
    type Tx = { from: string; to: string; hash: string; nonce: string; input: string };
    const { transactions } = await ask<{ transactions: Tx[] }>("eth_getBlockByNumber", `0x${block.toString(16)}`, true);
    return transactions
      .filter(({ from }) => from.toLowerCase() === WALLET.toLowerCase())
      .map(({ to, hash, nonce, input }) => {
        const units = input.length >= 138 ? BigInt(`0x${input.slice(74, 138)}`) : 0n;
        return { hash, nonce: Number(nonce), token: to.toLowerCase(), to: `0x${input.slice(34, 74)}`, units };
      });
  }

  let miner: ReturnType<typeof setInterval> | undefined;
  /** Mines blocks all the time, or none by itself. */
  async function mines(isOn: boolean) {
    clearInterval(miner);
    await ask("evm_setAutomine", false);
    if (isOn) miner = setInterval(() => void ask("evm_mine").catch(() => {}), BLOCK_MS).unref();
  }

  return {
    url,
    ask,
    deploy,
    give,
    balanceOf,
    sent,
    mines,
    stop: async () => {
      clearInterval(miner);
      process.off("exit", stop);
      child.ref();
      const closed = once(child, "exit");
      stop();
      await closed;
    },
  };
}
export type Anvil = Awaited<ReturnType<typeof openAnvil>>;
