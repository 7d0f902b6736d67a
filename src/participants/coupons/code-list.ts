import { isSpoiled } from "../../lib/files/spoiled";

/** Printable: no control or format characters, no separators, and nothing that a wrong decoding left behind. */
const CODE = /^[^\p{C}\p{Zl}\p{Zp}\uFFFD]{1,100}$/u;

/** What pages and chats leave around a code that is copied from them: spaces, and marks that are drawn as nothing. */
const EDGES = /^[\p{Cf}\s]{1,20}|[\p{Cf}\s]{1,20}$/gu;

type Code = { code: string; key: string };
/** `invalid_at`: the indexes of the first invalid values. */
type CodeList = { codes: Code[]; duplicates: number; invalid: number; invalid_at: number[] };

const INVALID_SHOWN_MAX = 100;

/** A number beyond 2^53 was another one when it was sent: JSON in JavaScript has rounded it. */
const codeOf = (value: unknown) =>
  typeof value === "string"
    ? value.trim().replace(EDGES, "").normalize("NFC")
    : Number.isSafeInteger(value)
      ? String(value)
      : "";

/** Codes with the same key are the same code: case and the way that accents are encoded do not matter. */
export const codeKey = (code: string) => code.trim().normalize("NFC").toLowerCase();

/** Separates valid codes from invalid values and duplicates. The first spelling of a code is kept. */
export function codeList(values: unknown[]): CodeList {
  const codes = new Map<string, Code>();
  const invalid_at: number[] = [];
  let invalid = 0;
  let duplicates = 0;
  for (const [at, value] of values.entries()) {
    const code = codeOf(value);
    const key = codeKey(code);
    if (!CODE.test(code) || isSpoiled(code)) {
      invalid++;
      if (invalid_at.length < INVALID_SHOWN_MAX) invalid_at.push(at);
    } else if (codes.has(key)) duplicates++;
    else codes.set(key, { code, key });
  }
  return { codes: [...codes.values()], duplicates, invalid, invalid_at };
}

const PART_MAX_CODES = 5_000;
/** D1 accepts parameters of up to 2 MB. In UTF-8, a character can take three bytes or more. */
const PART_MAX_BYTES = 1_000_000;

/** Splits a list into parts that fit into one statement. */
export function inParts(codes: Code[]): Code[][] {
  const parts: Code[][] = [];
  let part: Code[] = [];
  let bytes = 0;
  for (const code of codes) {
    const size = 30 + (code.code.length + code.key.length) * 4;
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
