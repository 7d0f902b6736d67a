import { readFileSync } from "node:fs";
import type { Referrals, Schemas } from "@referrals/sdk";
import { rowsOf } from "./csv.js";
import { UsageError } from "./usage.js";

const AT_ONCE = 1_000;
const EMAIL = /^[^\s@]+@[^\s@]+$/;
const OWN = ["name", "external_id", "referral_code", "referral_url", "checkout_code"];
const ALIASES: Record<string, string> = {
  "e-mail": "email",
  email_address: "email",
  full_name: "name",
  code: "referral_code",
};

type Row = { line: number; signup: Record<string, unknown> };
export type Problem = { row: number; message: string };
export type Imported = { rows: number; added: number; updated: number; known: number; problems: Problem[] };

/** Columns with other names become metadata. The first row has the names. */
function read(text: string): { rows: Row[]; problems: Problem[] } {
  const [header, ...body] = rowsOf(text);
  const names = (header?.cells ?? []).map((name) => {
    const plain = name.toLowerCase().replace(/[\s-]+/g, "_");
    return ALIASES[name.toLowerCase()] ?? ALIASES[plain] ?? plain;
  });
  if (!names.includes("email")) throw new UsageError("The file's first row must name its columns, one of them email.");
  const problems: Problem[] = [];
  const rows = body.flatMap(({ line, cells }): Row[] => {
    const known: Record<string, unknown> = {};
    const metadata: Record<string, string> = {};
    for (const [i, name] of names.entries()) {
      const value = cells[i];
      if (!value || !name) continue;
      if (name === "email" || OWN.includes(name)) known[name] = value;
      else metadata[name] = value;
    }
    if (!EMAIL.test(String(known.email ?? ""))) {
      problems.push({
        row: line,
        message: known.email ? `"${known.email}" is not an email address.` : "There is no email address.",
      });
      return [];
    }
    const name = known.name ?? String(known.email).split("@")[0];
    return [{ line, signup: { ...known, name, ...(Object.keys(metadata).length > 0 && { metadata }) } }];
  });
  return { rows, problems };
}

/** Signs up the people in a CSV file, 1,000 at a time. Each may be sent again: those who are in are not added twice. */
export async function importFile(
  client: Referrals,
  path: string,
  { campaign_id, isDry, upsert }: { campaign_id: number; isDry: boolean; upsert: boolean },
): Promise<Imported> {
  let text: string;
  try {
    text = readFileSync(path, "utf8");
  } catch {
    throw new UsageError(`${path} cannot be read.`);
  }
  const { rows, problems } = read(text);
  const report: Imported = { rows: rows.length + problems.length, added: 0, updated: 0, known: 0, problems };
  // The campaign must be there before anybody is told that the file is fine.
  await client.campaigns.get(campaign_id);
  if (isDry) return report;
  for (let at = 0; at < rows.length; at += AT_ONCE) {
    const part = rows.slice(at, at + AT_ONCE);
    const signups = part.map(({ signup }) => signup) as Schemas["NewSignupBatch"]["signups"];
    const { results } = await client.signups.createBatch({ campaign_id, signups }, { query: { upsert } });
    for (const { index, is_new, updated, error } of results) {
      if (is_new) report.added++;
      else if (updated) report.updated++;
      else if (!error || error.code === "already_signed_up") report.known++;
      else problems.push({ row: part[index]?.line ?? 0, message: error.message });
    }
  }
  problems.sort((a, b) => a.row - b.row);
  return report;
}
