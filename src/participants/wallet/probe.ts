import { type Chain, reads } from "./chain";
import { RpcFailure } from "./rpc";
import { transferCall } from "./signing";

/** The runtime bytecode of `Probe` in demo/tokens/Tokens.sol. */
const PROBE =
  "0x608060405234801561001057600080fd5b506004361061002b5760003560e01c80639d27bb6b14610030575b600080fd5b61004361003e366004610377565b610064565b60408051938452602084019290925215159082015260600160405180910390f35b6040516370a0823160e01b81523060048201526000908190819081906001600160a01b038816906370a0823190602401602060405180830381865afa1580156100b1573d6000803e3d6000fd5b505050506040513d601f19601f820116820180604052508101906100d591906103b3565b6040516370a0823160e01b81526001600160a01b0388811660048301529192506000918916906370a0823190602401602060405180830381865afa158015610121573d6000803e3d6000fd5b505050506040513d601f19601f8201168201806040525081019061014591906103b3565b9050600080896001600160a01b031663a9059cbb8a8a6040516024016101809291906001600160a01b03929092168252602082015260400190565b6040516020818303038152906040529060e01b6020820180516001600160e01b0383818316178352505050506040516101b991906103cc565b6000604051808303816000865af19150503d80600081146101f6576040519150601f19603f3d011682016040523d82523d6000602084013e6101fb565b606091505b5091509150811580610238575060008151118015610238575060208151108061023857508080602001905181019061023391906103b3565b600114155b6040516370a0823160e01b81523060048201529095506000906001600160a01b038c16906370a0823190602401602060405180830381865afa158015610282573d6000803e3d6000fd5b505050506040513d601f19601f820116820180604052508101906102a691906103b3565b6040516370a0823160e01b81526001600160a01b038c811660048301529192506000918d16906370a0823190602401602060405180830381865afa1580156102f2573d6000803e3d6000fd5b505050506040513d601f19601f8201168201806040525081019061031691906103b3565b9050818611610326576000610330565b61033082876103fb565b985084811161034057600061034a565b61034a85826103fb565b975050505050505093509350939050565b80356001600160a01b038116811461037257600080fd5b919050565b60008060006060848603121561038c57600080fd5b6103958461035b565b92506103a36020850161035b565b9150604084013590509250925092565b6000602082840312156103c557600080fd5b5051919050565b6000825160005b818110156103ed57602081860181015185830152016103d3565b506000920191825250919050565b8181038181111561041c57634e487b7160e01b600052601160045260246000fd5b9291505056";
/** The selector of its `dryRun(address,address,uint256)`. */
const DRY_RUN = "9d27bb6b";
const INVALID_PARAMS = -32602;
/** Long enough for interest to show. */
const LATER_S = 30 * 86_400;

type Move = { token: string; from: string; to: string; units: bigint };

/** Why a token cannot be sent. `rejected`: the token refuses this transfer. The others are about the token itself. */
type ProbeRefusal = "rejected" | "fee_on_transfer" | "rebasing";

/**
 * Simulates a transfer: the amount that leaves the wallet and the amount that arrives must both match. For the call,
 * the wallet's code is replaced, so the token sees the wallet as the sender.
 * @throws RpcFailure if no endpoint can simulate it
 */
export async function dryRun(chain: Chain, { token, from, to, units }: Move): Promise<ProbeRefusal | null> {
  const data = `0x${DRY_RUN}${token.slice(2).padStart(64, "0")}${transferCall(to, units).slice(10)}`;
  const answer = await chain.either(reads.call({ from, to: from, data }, "latest", { [from]: { code: PROBE } }));
  const [left, arrived, refused] = [0, 1, 2].map((n) => BigInt(`0x${answer.slice(2 + 64 * n, 66 + 64 * n) || "1"}`));
  if (refused !== 0n) return "rejected";
  return left === units && arrived === units ? null : "fee_on_transfer";
}

const BALANCE_OF = "0x70a08231";
const balanceCall = (token: string, of: string) => ({ to: token, data: BALANCE_OF + of.slice(2).padStart(64, "0") });

/** An address's balance of a token. */
export const tokenBalance = async (chain: Chain, token: string, of: string): Promise<bigint> =>
  BigInt((await chain.either(reads.call(balanceCall(token, of), "latest"))) || "0x0");

/** Whether the wallet's balance would change on its own within a month. False if nodes cannot simulate the future. */
export async function isRebasing(chain: Chain, token: string, of: string, now: Date): Promise<boolean> {
  const time = `0x${(Math.floor(now.getTime() / 1000) + LATER_S).toString(16)}`;
  const call = balanceCall(token, of);
  try {
    const [soon, later] = await Promise.all([
      chain.either(reads.call(call, "latest")),
      chain.either(reads.call(call, "latest", {}, { time })),
    ]);
    return soon !== later;
  } catch (error) {
    if (error instanceof RpcFailure && error.kind === "refused" && error.code === INVALID_PARAMS) return false;
    throw error;
  }
}

/** The contract's number of decimals. */
export const tokenDecimals = async (chain: Chain, token: string): Promise<number> =>
  Number(await chain.either(reads.call({ to: token, data: "0x313ce567" }, "latest")));
