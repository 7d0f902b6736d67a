import type { UploadedCode } from "../../ledger/rewards/coupons";
import { isSpoiled } from "../../lib/files/spoiled";
import { type Last, lastMoment } from "./code-validity";

/** Printable: no control or format characters, no separators, and no replacement characters from a wrong decoding. */
const CODE = /^[^\p{C}\p{Zl}\p{Zp}\uFFFD]{1,100}$/u;

/** Characters around a copied code: spaces and invisible characters. */
const EDGES = /^[\p{Cf}\s]{1,20}|[\p{Cf}\s]{1,20}$/gu;

/** A code as it was sent, with its last day as text, if any. */
export type SentCode = { value: unknown; valid_until?: string };

/** How to read last days: the time zone, the last day of codes without their own, and the current time. */
export type Validity = { zone: string; last: Last | null; now: number };

/**
 * The positions of the first rejected codes, by reason: not a code, or not a date. `over_at`: codes that have expired.
 */
type Places = { invalid_at: number[]; undated_at: number[]; over_at: number[] };
/**
 * `invalid` counts the codes that cannot be added, `undated` those of them whose last day is not a date, and `over` the
 * expired ones.
 */
type CodeList = { codes: UploadedCode[]; duplicates: number; invalid: number; undated: number; over: number } & Places;

const SHOWN_MAX = 100;

/** JavaScript's JSON has rounded numbers beyond 2^53, so they are not the numbers that were sent. */
const codeOf = (value: unknown) =>
  typeof value === "string"
    ? value.trim().replace(EDGES, "").normalize("NFC")
    : Number.isSafeInteger(value)
      ? String(value)
      : "";

/** Codes with the same key are the same code: case and the encoding of accents do not matter. */
export const codeKey = (code: string) => code.trim().normalize("NFC").toLowerCase();

/**
 * Separates valid codes from duplicates and invalid ones. The first spelling of a code is kept. Codes that expire first
 * come first, so they are assigned first.
 */
export function codeList(sent: SentCode[], { zone, last, now }: Validity): CodeList {
  const codes = new Map<string, UploadedCode>();
  const list = { duplicates: 0, invalid: 0, undated: 0, over: 0 };
  const places: Places = { invalid_at: [], undated_at: [], over_at: [] };
  const leaveOut = (count: "invalid" | "over", why: keyof Places, at: number) => {
    list[count]++;
    if (places[why].length < SHOWN_MAX) places[why].push(at);
  };
  const moments = new Map<string, Last | null>();
  const momentOf = (text: string) => {
    const known = moments.get(text);
    const moment = known === undefined ? lastMoment(text, zone) : known;
    moments.set(text, moment);
    return moment;
  };
  for (const [at, each] of sent.entries()) {
    const code = codeOf(each.value);
    const key = codeKey(code);
    const ends = each.valid_until ? momentOf(each.valid_until) : (last ?? undefined);
    if (!CODE.test(code) || isSpoiled(code)) leaveOut("invalid", "invalid_at", at);
    else if (ends === null) {
      leaveOut("invalid", "undated_at", at);
      list.undated++;
    } else if (ends !== undefined && ends.valid_until < now) leaveOut("over", "over_at", at);
    else if (codes.has(key)) list.duplicates++;
    else codes.set(key, { code, key, ...ends });
  }
  const ends = (code: UploadedCode) => code.valid_until ?? Number.MAX_SAFE_INTEGER;
  return { codes: [...codes.values()].sort((a, b) => ends(a) - ends(b)), ...list, ...places };
}

const PART_MAX_CODES = 5_000;
/** D1 accepts parameters of up to 2 MB. In UTF-8, a character may take three bytes or more. */
const PART_MAX_BYTES = 1_000_000;

/** Splits a list into parts that each fit into one statement. */
export function inParts(codes: UploadedCode[]): UploadedCode[][] {
  const parts: UploadedCode[][] = [];
  let part: UploadedCode[] = [];
  let bytes = 0;
  for (const code of codes) {
    const size = 100 + (code.code.length + code.key.length) * 4;
    if (part.length >= PART_MAX_CODES || bytes + size > PART_MAX_BYTES) {
      parts.push(part);
      part = [];
      bytes = 0;
    }
    part.push(code);
    bytes += size;
  }
  return part.length > 0 ? [...parts, part] : parts;
}
