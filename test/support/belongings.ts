import { env } from "cloudflare:workers";

/** How a column ties a row to an account. */
const TIES: Record<string, string> = {
  member_id: "member_id = ?1",
  account_id: "account_id = ?1",
  brand_id: "brand_id IN (SELECT id FROM brands WHERE member_id = ?1)",
  campaign_id: "campaign_id IN (SELECT id FROM campaigns WHERE member_id = ?1)",
  participant_id: "participant_id IN (SELECT id FROM participants WHERE member_id = ?1)",
  webhook_id: "webhook_id IN (SELECT id FROM webhooks WHERE member_id = ?1)",
  import_id: "import_id IN (SELECT id FROM import_jobs WHERE member_id = ?1)",
};
/** Tables whose rows belong to no account: the price list, responses encrypted under hashed names, and the operator's data. */
const NOBODYS = [
  "plans",
  "idempotency_keys",
  "d1_migrations",
  "jobs",
  "alerts",
  "dead_letters",
  "database_mark",
  "database_size",
  "outbox_holds",
  "blocked_mailboxes",
];

export type Belongings = Record<string, string[]>;
let selects: Promise<[string, string][]> | undefined;

/** One query per table of the database. A table without a known owner is an error. */
async function findSelects(): Promise<[string, string][]> {
  const { results } = await env.DB.prepare(
    `SELECT t.name AS name, json_group_array(c.name) AS columns FROM pragma_table_list t, pragma_table_info(t.name) c
     WHERE t.type = 'table' AND t.schema = 'main' AND t.name NOT LIKE 'sqlite\\_%' ESCAPE '\\' AND t.name NOT LIKE '\\_cf%' ESCAPE '\\' GROUP BY t.name`,
  ).all<{ name: string; columns: string }>();
  return results
    .filter(({ name }) => !NOBODYS.includes(name))
    .map(({ name, columns }) => {
      const ties = JSON.parse(columns).flatMap((column: string) => TIES[column] ?? []);
      if (name === "members") ties.push("id = ?1");
      if (ties.length === 0) throw new Error(`Whose are the rows of ${name}? Tell test/support/belongings.ts.`);
      return [name, `SELECT * FROM ${name} WHERE ${ties.join(" OR ")}`];
    });
}

/** Every row of every table that is this account's, as text. */
export async function belongingsOf(memberId: number): Promise<Belongings> {
  selects ??= findSelects();
  const queries = await selects;
  const results = await env.DB.batch<Record<string, unknown>>(
    queries.map(([, sql]) => env.DB.prepare(sql).bind(memberId)),
  );
  return Object.fromEntries(
    queries.map(([name], i) => [name, (results[i]?.results ?? []).map((row) => JSON.stringify(row)).sort()]),
  );
}

const LONG_ENOUGH_TO_TELL = 6;

/** The texts in these rows, including those inside JSON. */
export const textsIn = (belongings: Belongings): Set<string> => {
  const texts = new Set<string>();
  const collect = (value: unknown) => {
    if (typeof value === "string") {
      if (/^[[{]/.test(value)) collect(JSON.parse(value));
      else if (value.length >= LONG_ENOUGH_TO_TELL) texts.add(value);
    } else if (typeof value === "object" && value !== null) Object.values(value).forEach(collect);
  };
  for (const rows of Object.values(belongings)) for (const row of rows) collect(JSON.parse(row));
  return texts;
};
