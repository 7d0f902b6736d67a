import { createWriteStream, renameSync, rmSync } from "node:fs";
import { stdout } from "node:process";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { ReadableStream } from "node:stream/web";
import { Referrals, ReferralsError } from "@referrals/sdk";
import type { Access } from "./config.js";

export const KINDS = ["participants", "rewards", "conversions", "coupons"] as const;
export type Kind = (typeof KINDS)[number];
type Asked = {
  kind: Kind;
  format: "csv" | "jsonl";
  filters: Record<string, string | number>;
  out?: string | undefined;
};

/** Exports a list into a file, or to standard output. @returns the number of bytes, and the export */
export async function exportList(access: Access, { kind, format, filters, out }: Asked) {
  const made = await new Referrals(access).exports.create({ kind, format, filters });
  // From the address that we called: behind a proxy or a tunnel, the server may know another name for itself.
  const url = `${access.baseUrl}/api/v1/exports/${made.id}/file`;
  const response = await fetch(url, { headers: { Authorization: `Bearer ${access.apiKey}` } });
  if (!response.ok || !response.body)
    throw new ReferralsError(response.status, await response.json().catch(() => ({})), response.headers);
  let bytes = 0;
  const count = async function* (parts: AsyncIterable<Uint8Array>) {
    for await (const part of parts) {
      bytes += part.byteLength;
      yield part;
    }
  };
  const body = Readable.fromWeb(response.body as ReadableStream);
  if (!out) {
    await pipeline(body, count, stdout, { end: false });
    return { id: made.id, bytes };
  }
  // An interrupted download must not look complete.
  const part = `${out}.part`;
  try {
    await pipeline(body, count, createWriteStream(part));
    renameSync(part, out);
  } catch (error) {
    rmSync(part, { force: true });
    throw error;
  }
  return { id: made.id, bytes };
}
