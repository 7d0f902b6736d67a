import { z } from "zod";
import type { Env } from "../../lib/env";
import { readLink } from "../../outbox/webhooks/endpoint-url";
import { unitsOf } from "./amount";

const GWEI_DECIMALS = 9;
const COIN_DECIMALS = 18;
/** The order of secp256k1. Private keys are below it. */
const CURVE_ORDER = 0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141n;
/** Above the number of decimals of any token in use. */
const DECIMALS_MAX = 36;

const hex = (bytes: number) => {
  const told = `must be ${bytes} bytes in hex`;
  return z
    .string()
    .length(2 + 2 * bytes, told)
    .regex(/^0x[0-9a-fA-F]+$/, told);
};
const amount = z.string().regex(/^\d{1,40}(\.\d{1,36})?$/, "must be a decimal number as text");
const inUnits = (decimals: number) =>
  amount.transform((text) => (/^[0.]+$/.test(text) ? 0n : (unitsOf(text, decimals) ?? -1n)));
const gwei = inUnits(GWEI_DECIMALS).refine((units) => units > 0n, "must be above 0, with at most 9 decimals");
const coins = inUnits(COIN_DECIMALS).refine((units) => units >= 0n, "must have at most 18 decimals");

const Chain = z.strictObject({
  id: z.int().min(1),
  name: z.string().trim().min(1).max(40),
  rpc: z.tuple([z.string(), z.string()]),
  confirmations: z.int().min(1).max(1000),
  /** Per unit of gas. No transaction offers more. */
  max_fee_gwei: gwei,
  /** In the chain's own coin. Below this balance, nothing is signed. */
  min_balance: coins,
  /** A transaction's page is this URL, plus `/tx/` and the hash. */
  explorer: z.url({ protocol: /^https?$/ }).transform((url) => (url.endsWith("/") ? url.slice(0, -1) : url)),
  poll_seconds: z.int().min(1).max(600).default(12),
  /** Fees are raised after this time without a block. */
  stuck_seconds: z.int().min(1).max(86_400).default(180),
});

const Token = z
  .strictObject({
    chain_id: z.int().min(1),
    address: hex(20).transform((address) => address.toLowerCase()),
    symbol: z.string().trim().min(1).max(20),
    decimals: z.int().min(0).max(DECIMALS_MAX),
    max_per_transfer: amount,
    max_per_day: amount,
    /** Transfers above this amount need a person's approval. */
    approve_above: amount,
    /** Whether contracts may receive it. They may be unable to send it on. */
    allow_contracts: z.boolean().default(false),
  })
  .transform((token, c) => {
    const units = (name: "max_per_transfer" | "max_per_day" | "approve_above") => {
      const value = /^[0.]+$/.test(token[name]) ? 0n : unitsOf(token[name], token.decimals);
      if (value === null) c.addIssue({ code: "custom", path: [name], message: "has more decimals than the token" });
      return value ?? 0n;
    };
    return {
      ...token,
      max_per_transfer: units("max_per_transfer"),
      max_per_day: units("max_per_day"),
      approve_above: units("approve_above"),
    };
  });

export type ChainSettings = z.output<typeof Chain>;
export type TokenSettings = z.output<typeof Token>;

/** An operator's token settings: all three, or none. `problem` says what is wrong, and never contains a secret. */
export type Tokens =
  | { state: "off" }
  | { state: "broken"; problem: string }
  | { state: "on"; chains: ChainSettings[]; tokens: TokenSettings[]; key: `0x${string}` };

type Texts = Pick<Env, "TOKEN_CHAINS" | "TOKENS" | "TOKEN_WALLET_KEY" | "ALLOW_LOCAL_WEBHOOKS" | "PUBLIC_URL">;

/** The settings for token transfers. Off without settings, and broken if some are missing or contradict each other. */
export function tokensOf(env: Env): Tokens {
  const { TOKEN_CHAINS, TOKENS, TOKEN_WALLET_KEY } = env as Texts;
  const given = [TOKEN_CHAINS, TOKENS, TOKEN_WALLET_KEY].filter(Boolean);
  if (given.length === 0) return { state: "off" };
  if (given.length < 3) return { state: "broken", problem: "Set TOKEN_CHAINS, TOKENS, and TOKEN_WALLET_KEY." };
  const chains = read("TOKEN_CHAINS", z.array(Chain).min(1).max(20), TOKEN_CHAINS);
  if (typeof chains === "string") return { state: "broken", problem: chains };
  const tokens = read("TOKENS", z.array(Token).min(1).max(100), TOKENS);
  if (typeof tokens === "string") return { state: "broken", problem: tokens };
  const key = hex(32).safeParse(TOKEN_WALLET_KEY).data as `0x${string}` | undefined;
  if (!key || BigInt(key) === 0n || BigInt(key) >= CURVE_ORDER)
    return { state: "broken", problem: "TOKEN_WALLET_KEY must be a private key: 32 bytes in hex." };
  const problem = contradiction(env, chains, tokens);
  return problem ? { state: "broken", problem } : { state: "on", chains, tokens, key };
}

/** @returns the value, or what is wrong with it */
function read<S extends z.ZodType>(name: string, schema: S, text = ""): z.output<S> | string {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return `${name} is not JSON.`;
  }
  const read = schema.safeParse(value);
  if (read.success) return read.data;
  const [issue] = read.error.issues;
  return `${name}: ${issue?.path.join(".")} ${issue?.message}`;
}

function contradiction(env: Env, chains: ChainSettings[], tokens: TokenSettings[]): string | null {
  if (new Set(chains.map(({ id }) => id)).size < chains.length) return "TOKEN_CHAINS: two chains have the same ID.";
  const keys = tokens.map(({ chain_id, address }) => `${chain_id} ${address}`);
  if (new Set(keys).size < keys.length) return "TOKENS contains the same token twice.";
  for (const { id, rpc } of chains) {
    const links = rpc.map((url) => readLink(env, url, []));
    const refused = links.find((link) => "refused" in link);
    if (refused && "refused" in refused) return `TOKEN_CHAINS: an RPC URL of chain ${id} ${refused.refused}.`;
    const [first, second] = links.map((link) => ("url" in link ? link.url.host : ""));
    if (first === second) return `TOKEN_CHAINS: the RPC URLs of chain ${id} must have different hosts.`;
  }
  const lost = tokens.find(({ chain_id }) => !chains.some(({ id }) => id === chain_id));
  return lost ? `TOKENS: chain ${lost.chain_id} is not in TOKEN_CHAINS.` : null;
}

/** The URL of a transaction's page. Null if its chain is not set up. */
export function explorerUrl(env: Env, chainId: number | null, hash: string | null): string | null {
  if (hash === null) return null;
  const tokens = tokensOf(env);
  const chain = tokens.state === "on" ? tokens.chains.find(({ id }) => id === chainId) : undefined;
  return chain ? `${chain.explorer}/tx/${hash}` : null;
}
