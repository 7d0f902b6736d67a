import type { Referrals, Schemas } from "@referrals/sdk";
import { rowsOf } from "./csv.js";
import type { Imported, Problem } from "./import.js";
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
        outcome: "invalid",
        message: known.email ? `"${known.email}" is not an email address.` : "No email address.",
      });
      return [];
    }
    const name = known.name ?? String(known.email).split("@")[0];
    return [{ line, signup: { ...known, name, ...(Object.keys(metadata).length > 0 && { metadata }) } }];
  });
  return { rows, problems };
}

/**
 * Signs up the people in a CSV file and updates existing participants, 1,000 at a time. Unlike an import, it sends the
 * campaign's emails, and cannot be undone.
 */
export async function upsertFile(client: Referrals, text: string, campaign_id: number): Promise<Imported> {
  const { rows, problems } = read(text);
  const counts = { added: 0, updated: 0 };
  for (let at = 0; at < rows.length; at += AT_ONCE) {
    const part = rows.slice(at, at + AT_ONCE);
    const signups = part.map(({ signup }) => signup) as Schemas["NewSignupBatch"]["signups"];
    const { results } = await client.signups.createBatch({ campaign_id, signups }, { query: { upsert: true } });
    for (const { index, is_new, error } of results) {
      if (error) problems.push({ row: part[index]?.line ?? 0, outcome: error.code, message: error.message });
      else counts[is_new ? "added" : "updated"]++;
    }
  }
  problems.sort((a, b) => a.row - b.row);
  return { imports: [], rows: rows.length + problems.length, counts, problems, isWhole: problems.length === 0 };
}
