/** Lower addresses belong to the chain's own programs, and zero to nobody. */
const OWN_MAX = 0xffffn;
const FORM = /^0x[0-9a-fA-F]{40}$/;

export type AddressRefusal = "not_address" | "bad_checksum" | "reserved";

/** An address where a participant can receive tokens, in EIP-55 form, or why not. */
export async function readAddress(text: string): Promise<{ address: string } | { refused: AddressRefusal }> {
  const trimmed = text.trim();
  if (!FORM.test(trimmed)) return { refused: "not_address" };
  if (BigInt(trimmed) <= OWN_MAX) return { refused: "reserved" };
  const { checksummed } = await import("./signing");
  const address = checksummed(trimmed);
  return address === null ? { refused: "bad_checksum" } : { address };
}
