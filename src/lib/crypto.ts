const encoder = new TextEncoder();
const decoder = new TextDecoder();

export const randomBytes = (length: number) => crypto.getRandomValues(new Uint8Array(length));

const HEX = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, "0"));

export const toHex = (bytes: Uint8Array) => {
  let hex = "";
  for (const byte of bytes) hex += HEX[byte];
  return hex;
};

const POOL_BYTES = 12 * 256;
let pool = "";

/** 24 random hex digits. Random bytes are drawn in bulk: a small draw takes about as long as a large one. */
export function randomHex24() {
  if (pool === "") pool = toHex(randomBytes(POOL_BYTES));
  const digits = pool.slice(0, 24);
  pool = pool.slice(24);
  return digits;
}

export const toBase64 = (bytes: Uint8Array) => {
  let binary = "";
  for (const byte of bytes) binary += String.fromCharCode(byte);
  return btoa(binary);
};

/** @throws if the text is not base64 */
export const fromBase64 = (text: string) => Uint8Array.from(atob(text), (c) => c.charCodeAt(0));

/** Looks for padding only where it starts, so a long run of `=` is read once. */
export const unpadded = (text: string) => text.replace(/(?<!=)=+$/, "");

/** Base64url without padding (RFC 4648 §5). */
export const toBase64Url = (bytes: Uint8Array) => unpadded(toBase64(bytes).replaceAll("+", "-").replaceAll("/", "_"));

/**
 * Decodes standard or URL-safe base64, padded or not.
 * @throws if the text is neither
 */
export const fromBase64Url = (text: string) => fromBase64(unpadded(text.replaceAll("-", "+").replaceAll("_", "/")));

const sha256 = async (text: string | Uint8Array) =>
  new Uint8Array(await crypto.subtle.digest("SHA-256", typeof text === "string" ? encoder.encode(text) : text));

export const sha256Hex = async (text: string | Uint8Array) => toHex(await sha256(text));

const keys = new Map<string, Promise<CryptoKey>>();

/** Keeps imported keys: a Worker has a handful of secrets and uses them on every request. */
function importOnce(id: string, make: () => Promise<CryptoKey>) {
  let key = keys.get(id);
  if (!key) {
    if (keys.size > 1000) keys.clear();
    key = make();
    keys.set(id, key);
  }
  return key;
}

const hmacKey = (secret: string | Uint8Array) => {
  const raw = typeof secret === "string" ? encoder.encode(secret) : secret;
  return importOnce(`hmac ${toBase64(raw)}`, () =>
    crypto.subtle.importKey("raw", raw, { name: "HMAC", hash: "SHA-256" }, false, ["sign"]),
  );
};

/** HMAC-SHA256. */
export const hmac = async (secret: string | Uint8Array, text: string | Uint8Array) =>
  new Uint8Array(
    await crypto.subtle.sign("HMAC", await hmacKey(secret), typeof text === "string" ? encoder.encode(text) : text),
  );

/** Compares in constant time, so the duration does not reveal where the two differ. */
export function constantTimeEqual(a: Uint8Array, b: Uint8Array) {
  return a.byteLength === b.byteLength && crypto.subtle.timingSafeEqual(a, b);
}

/** Compares two texts of any length in constant time, using their hashes. */
export const sameText = async (a: string, b: string) => constantTimeEqual(await sha256(a), await sha256(b));

const sealKey = (secret: string) =>
  importOnce(`seal ${secret}`, async () =>
    crypto.subtle.importKey("raw", await sha256(`seal:${secret}`), "AES-GCM", false, ["encrypt", "decrypt"]),
  );

/** Encrypts a text that must be readable again: AES-256-GCM, with a fresh nonce in front. */
export async function seal(secret: string, text: string) {
  const iv = randomBytes(12);
  const sealed = await crypto.subtle.encrypt({ name: "AES-GCM", iv }, await sealKey(secret), encoder.encode(text));
  return toBase64(new Uint8Array([...iv, ...new Uint8Array(sealed)]));
}

/** Decrypts a sealed text. @throws if it was sealed with another secret or changed afterwards */
export async function unseal(secret: string, sealed: string) {
  const bytes = fromBase64(sealed);
  const text = await crypto.subtle.decrypt(
    { name: "AES-GCM", iv: bytes.subarray(0, 12) },
    await sealKey(secret),
    bytes.subarray(12),
  );
  return decoder.decode(text);
}

/** A random id that sorts by time: UUIDv7 (RFC 9562 §5.7) in hex. */
export function timeOrderedId(now: Date) {
  const bytes = randomBytes(16);
  new DataView(bytes.buffer).setUint32(0, Math.floor(now.getTime() / 0x10000));
  new DataView(bytes.buffer).setUint16(4, now.getTime() % 0x10000);
  bytes[6] = 0x70 | ((bytes[6] ?? 0) & 0x0f);
  bytes[8] = 0x80 | ((bytes[8] ?? 0) & 0x3f);
  return toHex(bytes);
}

export const newEventId = (now: Date) => `evt_${timeOrderedId(now)}`;
export const EVENT_ID_LENGTH = 36;

/** The lower bound of event ids created at or after this moment. */
export const eventIdAt = (moment: Date) => `evt_${Math.max(0, moment.getTime()).toString(16).padStart(12, "0")}`;

/** When an event id was created, or null if the text is not an event id. */
export function momentOfEvent(id: string): Date | null {
  const [, digits] = /^evt_([0-9a-f]{12})/.exec(id) ?? [];
  return digits === undefined ? null : new Date(Number.parseInt(digits, 16));
}
