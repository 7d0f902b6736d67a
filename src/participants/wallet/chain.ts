import { z } from "zod";
import { ask, RpcFailure } from "./rpc";
import type { ChainSettings } from "./token-settings";

const Quantity = z
  .string()
  .regex(/^0x[0-9a-fA-F]{1,64}$/)
  .transform((text) => BigInt(text));
const Bytes = z
  .string()
  .regex(/^0x([0-9a-fA-F]{2})*$/)
  .transform((text) => text.toLowerCase());
const Log = z.object({ address: Bytes, topics: z.array(Bytes), data: Bytes, removed: z.boolean().optional() });
const Receipt = z
  .object({
    transactionHash: Bytes,
    blockHash: Bytes,
    blockNumber: Quantity.transform(Number),
    status: Quantity,
    logs: z.array(Log),
  })
  .nullable();
export type Receipt = z.output<typeof Receipt>;
const Block = z.object({ baseFeePerGas: Quantity });

/** The answers of the two endpoints. Null: no answer. */
export type Both<T> = readonly [T | null, T | null];

type Read<T> = { method: string; params: unknown[]; as: z.ZodType<T> };

const reads = {
  head: (): Read<bigint> => ({ method: "eth_blockNumber", params: [], as: Quantity }),
  /** The number of an address's transactions in blocks up to this one. */
  count: (address: string, block: string): Read<bigint> => ({
    method: "eth_getTransactionCount",
    params: [address, block],
    as: Quantity,
  }),
  balance: (address: string): Read<bigint> => ({ method: "eth_getBalance", params: [address, "latest"], as: Quantity }),
  code: (address: string): Read<string> => ({ method: "eth_getCode", params: [address, "latest"], as: Bytes }),
  call: (...params: unknown[]): Read<string> => ({ method: "eth_call", params, as: Bytes }),
  gas: (call: object): Read<bigint> => ({ method: "eth_estimateGas", params: [call], as: Quantity }),
  block: (): Read<{ baseFeePerGas: bigint }> => ({
    method: "eth_getBlockByNumber",
    params: ["latest", false],
    as: Block,
  }),
  tip: (): Read<bigint> => ({ method: "eth_maxPriorityFeePerGas", params: [], as: Quantity }),
};

export { reads };

/** A chain, seen through its two endpoints. Decisions about money need both. For prices, the first answer is enough. */
export class Chain {
  constructor(readonly settings: ChainSettings) {}

  /** @throws RpcFailure of the last endpoint, if neither answers. If a node refuses, we believe it. */
  async either<T>({ method, params, as }: Read<T>): Promise<T> {
    let failure: unknown;
    for (const url of this.settings.rpc) {
      try {
        return readAs(as, await ask(url, method, params));
      } catch (error) {
        if (error instanceof RpcFailure && error.kind === "refused") throw error;
        failure = error;
      }
    }
    throw failure;
  }

  async both<T>({ method, params, as }: Read<T>): Promise<Both<T>> {
    const [first, second] = await Promise.all(
      this.settings.rpc.map((url) =>
        ask(url, method, params).then(
          (result) => readAs(as, result),
          () => null,
        ),
      ),
    );
    return [first ?? null, second ?? null];
  }

  /**
   * What both endpoints know about a transaction: its receipt, `none` if neither has one, `unsure` if they differ or
   * one does not respond.
   */
  async receipt(hash: string): Promise<NonNullable<Receipt> | "none" | "unsure"> {
    const answers = await Promise.all(
      this.settings.rpc.map((url) =>
        ask(url, "eth_getTransactionReceipt", [hash]).then(
          (result) => Receipt.safeParse(result).data ?? (result === null ? "none" : "unsure"),
          () => "unsure" as const,
        ),
      ),
    );
    const [first, second] = answers;
    if (first === "none" && second === "none") return "none";
    if (!first || typeof first === "string" || !second || typeof second === "string") return "unsure";
    const isAbout = first.transactionHash === hash.toLowerCase();
    return isAbout && digest(first) === digest(second) ? first : "unsure";
  }

  /** Sends bytes to both. `taken`: at least one accepted them. Otherwise the error, or `silent`. */
  async send(raw: string): Promise<"taken" | "silent" | "no_gas" | "refused"> {
    const answers = await Promise.all(
      this.settings.rpc.map((url) =>
        ask(url, "eth_sendRawTransaction", [raw]).then(
          () => "taken" as const,
          (error) => (error instanceof RpcFailure && error.kind === "refused" ? refusalOf(error.message) : "silent"),
        ),
      ),
    );
    return (["taken", "silent", "no_gas"] as const).find((kind) => answers.includes(kind)) ?? "refused";
  }
}

/**
 * Nodes have different error messages. If one already knows the bytes or their nonce, we ask it for the receipt later.
 */
function refusalOf(message: string) {
  if (/already (known|imported|exists)|known transaction|nonce (is )?too low/i.test(message)) return "taken" as const;
  return /insufficient funds/i.test(message) ? ("no_gas" as const) : ("refused" as const);
}

const digest = ({ blockHash, blockNumber, status, logs }: NonNullable<Receipt>) =>
  JSON.stringify([
    blockHash,
    blockNumber,
    String(status),
    logs.map(({ address, topics, data }) => [address, topics, data]),
  ]);

function readAs<T>(as: z.ZodType<T>, result: unknown): T {
  const read = as.safeParse(result);
  if (!read.success) throw new RpcFailure("silent", "an answer of another form");
  return read.data;
}
