import { env } from "cloudflare:workers";
import { newCampaign } from "./campaigns";
import { newMember, type TestMember } from "./client";

type Row = Record<string, string | number | null>;

let lastId = 1_000_000;
const nextId = () => ++lastId;

export const insert = (table: string, row: Row) =>
  env.DB.prepare(
    `INSERT OR REPLACE INTO ${table} (${Object.keys(row).join()}) VALUES (${Object.keys(row).map(() => "?")})`,
  ).bind(...Object.values(row));

const webhookRow = (member_id: number, campaign_id: number | null) => ({
  id: nextId(),
  member_id,
  campaign_id,
  link: "https://acme.com/hook",
  events: "[]",
  secret: "s",
  date_added: 1,
});

/** At least one row in every table of a campaign, and a delivery to an account-wide webhook. */
export function everythingOf(member_id: number, campaign_id: number, accountHook: number): [string, Row][] {
  const [participant_id, reward_id, event_id] = [nextId(), nextId(), `evt_${nextId()}`];
  const webhook = webhookRow(member_id, campaign_id);
  const delivery = { campaign_id, event_id, type: "participant.signup" };
  const person = { member_id, campaign_id, email: "a@b.co", date_signedup: 1, signup_event: "e" };
  const earned = { participant_id, role: "referrer", reward_type: 1, date_earned: 1, earn_event: "e" };
  const rule = {
    role: "referrer",
    event_name: "e",
    min_amount: 0,
    first_only: 0,
    threshold: 1,
    repeat: "every",
    reward_type: 1,
    position: 0,
    date_added: 1,
  };
  const sale = {
    amount: 1,
    currency: "USD",
    outcome: "credited",
    decisions: "[]",
    occurred_at: 1,
    date_added: 1,
    event: "e",
  };
  return [
    ["campaign_days", { campaign_id, day: "2026-01-01" }],
    ["imports", { campaign_id, key: "evt_1", is_told: 0, first_id: 1, last_id: 1, date_added: 1 }],
    [
      "import_jobs",
      {
        member_id,
        campaign_id,
        kind: "coupons",
        status: "done",
        rows: 1,
        key: "k",
        sends_emails: 0,
        sends_webhooks: 0,
        date_added: 1,
      },
    ],
    ["report_links", { member_id, campaign_id, date_added: 1, expires_at: 2 }],
    ["goal_falls", { campaign_id, mark: "m", origin: "" }],
    ["campaign_landers", { campaign_id, settings: "{}" }],
    ["campaign_drafts", { campaign_id, kind: "lander", settings: "{}", date_changed: 1 }],
    [
      "contests",
      { campaign_id, contest_name: "c", start_date: 1, end_date: 2, seed: "s", commitment: "c", committed_at: 1 },
    ],
    ["contest_entrants", { campaign_id, part: 0, list: "" }],
    ["participants", { id: participant_id, ...person }],
    ["invitations", { campaign_id, participant_id, email: "c@d.co", date_invited: 1 }],
    ["shares", { participant_id, social_type: 1, date_shared: 1 }],
    ["visits", { participant_id, day: "2026-01-01", visitor: "v", click_event: "e" }],
    ["scores", { campaign_id, referral_count: 1, click_count: 1, participants: 1 }],
    [
      "mails",
      {
        cause: `entry:${participant_id}`,
        kind: "entry",
        member_id,
        campaign_id,
        participant_id,
        origin: "",
        date_added: 1,
      },
    ],
    ["rewards", { id: reward_id, member_id, campaign_id, status: "pending", ...earned }],
    ["campaign_rules", { id: campaign_id * 1024 + 2, campaign_id, ...rule }],
    [
      "conversions",
      { id: nextId(), member_id, campaign_id, participant_id, event_name: "e", external_id: `${nextId()}`, ...sale },
    ],
    [
      "refunds",
      { campaign_id, event_name: "e", external_id: "x", refund_id: `${nextId()}`, date_added: 1, event: "e" },
    ],
    ["credits", { participant_id, reward_id, event: event_id, conversion_id: 1, amount: 1, reason: "earned", date: 1 }],
    [
      "payout_lines",
      { payout_id: nextId(), campaign_id, participant_id, currency: "USD", amount: 1, netted: 1, rewards: 1 },
    ],
    ["redemptions", { participant_id, redemption_id: "r", amount: 1, currency: "USD", date_added: 1, event: "e" }],
    [
      "inputs",
      {
        member_id,
        campaign_id,
        kind: "stripe",
        key: event_id,
        event_name: "e",
        test_mode: 0,
        status: "active",
        date_added: 1,
      },
    ],
    [
      "input_events",
      {
        id: nextId(),
        input_id: 1,
        member_id,
        campaign_id,
        key: event_id,
        type: "t",
        is_test: 0,
        status: "done",
        event_name: "e",
        date_added: 1,
      },
    ],
    [
      "transfers",
      {
        id: nextId(),
        member_id,
        campaign_id,
        participant_id,
        order_key: "1.1",
        state: "confirmed",
        status: "done",
        date_added: 1,
      },
    ],
    [
      "vetoes",
      {
        campaign_id,
        member_id,
        link: "https://example.com/",
        is_on: 1,
        ending: "hold",
        is_unproven: 1,
        secret: "",
        date_added: 1,
      },
    ],
    [
      "veto_calls",
      { id: nextId(), member_id, campaign_id, state: "given", status: "done", asked_at: 1, date_added: 1 },
    ],
    ["input_aliases", { campaign_id, alias: "pi_1", sale_id: "in_1" }],
    ["participant_versions", { participant_id, until: 1, date: 1 }],
    ["aliases", { campaign_id, code: "abc123", participant_id }],
    ["rule_counts", { participant_id, rule_id: 1, month: "2026-01" }],
    [
      "reviews",
      {
        id: participant_id * 2,
        member_id,
        campaign_id,
        referrer_id: participant_id,
        participant_id,
        score: 700,
        reasons: "[]",
        version: 1,
        is_holding: 1,
        event: event_id,
        date_opened: 1,
      },
    ],
    ["waitlist_buckets", { campaign_id, bucket: 0, waiting: 1 }],
    ["releases", { campaign_id, key: event_id, origin: "", date_added: 1 }],
    ["coupons", { id: nextId(), campaign_id, code: "A", code_key: "a", reward_id }],
    ["coupon_uploads", { id: nextId(), campaign_id, key: "evt", added: 1, date_added: 1 }],
    ["webhooks", webhook],
    ["events", { campaign_id, id: event_id, type: "participant.signup", data: "{}", date: 1 }],
    ["deliveries", { id: nextId(), webhook_id: webhook.id, ...delivery }],
    ["deliveries", { id: nextId(), webhook_id: accountHook, ...delivery }],
  ];
}

export async function newAccount() {
  const member = await newMember();
  const hook = webhookRow(member.id, null);
  await insert("webhooks", hook).run();
  return { member, hook: hook.id };
}

/** A campaign with a row in every table. */
export async function fullCampaign(
  { member, hook }: { member: TestMember; hook: number },
  brand_id: number,
): Promise<number> {
  const { id } = await newCampaign(member, { brand_id });
  await env.DB.batch(everythingOf(member.id, id, hook).map(([table, row]) => insert(table, row)));
  return id;
}

/** Every row of every table, except notes about the use of a key, and rows that a deletion keeps on purpose. */
export async function snapshot() {
  const { results: tables } = await env.DB.prepare(
    "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT GLOB 'sqlite_*' AND name NOT GLOB '_cf_*' AND name NOT IN ('d1_migrations', 'api_keys', 'purges', 'used_places')",
  ).all<{ name: string }>();
  // Rows of no campaign keep the latest id, or the clock of events.
  const some: Record<string, string> = {
    audit_entries: "WHERE key_prefix IS NULL",
    participants: "WHERE campaign_id > 0",
    conversions: "WHERE campaign_id > 0",
    event_days: "WHERE day = ''",
  };
  const rows = await env.DB.batch(
    tables.map(({ name }) => env.DB.prepare(`SELECT * FROM ${name} ${some[name] ?? ""}`)),
  );
  return Object.fromEntries(
    tables.map(({ name }, index) => [name, (rows[index]?.results ?? []).map((row) => JSON.stringify(row)).sort()]),
  );
}

export const tablesThatDiffer = (a: Record<string, string[]>, b: Record<string, string[]>) =>
  Object.keys(a).filter((table) => a[table]?.length !== b[table]?.length);

/** Tables without campaign data. The rows above must cover all others. */
export const OTHER_TABLES = [
  "payouts",
  "import_layouts",
  "exports",
  // Deleted with its row of `import_jobs`.
  "import_parts",
  "authenticators",
  "known_places",
  "recovery_codes",
  // Drawn contests stay on record by ids and numbers (test/campaigns/contest-record.test.ts).
  "past_contests",
  "past_entrants",
  "account_days",
  "account_rolls",
  "alerts",
  "audit_entries",
  "blocked_mailboxes",
  "brands",
  "domains",
  "database_mark",
  "event_days",
  "fraud_entries",
  "dead_letters",
  "database_size",
  "idempotency_keys",
  "images",
  "jobs",
  "mail_days",
  "members",
  "notification_choices",
  "memberships",
  "outbox_holds",
  "plans",
  "saved_views",
  "sessions",
  "subscriptions",
  "suppressions",
  "team_invitations",
  "used_places",
];

/** A few rows of one snapshot that are not in the other. */
export const differences = (a: Record<string, string[]>, b: Record<string, string[]>) =>
  Object.keys(a).flatMap((table) => {
    const [here, there] = [new Set(a[table]), new Set(b[table])];
    return [...here.symmetricDifference(there)].slice(0, 3).map((row) => `${table}: ${row}`);
  });
