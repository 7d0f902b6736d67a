import { and, eq, getTableColumns, isNull, sql } from "drizzle-orm";
import {
  campaignRewards,
  campaignRules,
  campaignStats,
  campaigns,
  ownCampaign,
  RULES_IN_USE_MAX,
  RULES_PER_CAMPAIGN,
} from "../../../drizzle/schema";
import { field } from "../../lib/columns";
import type { Db } from "../../lib/db";

type Row = typeof campaignRules.$inferSelect;
export type RuleValues = Omit<Row, "id" | "campaign_id" | "date_added" | "date_removed" | "is_counted">;

/** Whether a rule's next decision depends on earlier ones. Rules that reward every sale need no rows for counting. */
const dependsOnCounts = ({ trigger, repeat, threshold, max_per_participant, max_per_month, budget }: RuleValues) =>
  trigger !== "conversion" ||
  repeat === "once" ||
  threshold > 1 ||
  [max_per_participant, max_per_month, budget].some((limit) => limit !== null);

/** The columns that define the campaign's first two rules, and the total that all its rules have spent. */
export const classicOf = (db: Db, memberId: number, campaignId: number) =>
  db
    .select({
      campaign_id: field(campaigns.id, "campaign_id"),
      goal_type: field(campaigns.goal_type, "goal_type"),
      num_signups: field(campaigns.num_signups, "num_signups"),
      num_visits: field(campaigns.num_visits, "num_visits"),
      reward_type: field(campaigns.reward_type, "reward_type"),
      reward_invited: field(campaigns.reward_invited, "reward_invited"),
      currency: field(campaigns.currency, "currency"),
      redirect_url: field(campaignRewards.redirect_url, "redirect_url"),
      custom_message: field(campaignRewards.custom_message, "custom_message"),
      cash_cents: field(campaignRewards.cash_cents, "cash_cents"),
      credit_cents: field(campaignRewards.credit_cents, "credit_cents"),
      rule_spent: field(campaignStats.rule_spent, "rule_spent"),
    })
    .from(campaigns)
    .innerJoin(campaignRewards, eq(campaignRewards.campaign_id, campaigns.id))
    .innerJoin(campaignStats, eq(campaignStats.campaign_id, campaigns.id))
    .where(and(eq(campaigns.id, campaignId), eq(campaigns.member_id, memberId)));

/** The campaign's currency, and whether it can still change. */
export const currencyOf = (db: Db, memberId: number, campaignId: number) =>
  db
    .select({
      currency: field(campaigns.currency, "currency"),
      worth_cents: field(campaignRewards.worth_cents, "worth_cents"),
      has_rules: sql<number>`EXISTS (SELECT 1 FROM campaign_rules r WHERE r.campaign_id = ${campaigns.id})`.as(
        "has_rules",
      ),
      has_conversions: sql<number>`EXISTS (SELECT 1 FROM conversions k WHERE k.campaign_id = ${campaigns.id})`.as(
        "has_conversions",
      ),
    })
    .from(campaigns)
    .innerJoin(campaignRewards, eq(campaignRewards.campaign_id, campaigns.id))
    .where(and(eq(campaigns.id, campaignId), eq(campaigns.member_id, memberId)));

const inUse = (memberId: number, campaignId: number) =>
  and(eq(campaignRules.campaign_id, ownCampaign(memberId, campaignId)), isNull(campaignRules.date_removed));

export const rulesOf = (db: Db, memberId: number, campaignId: number) =>
  db
    .select()
    .from(campaignRules)
    .where(inUse(memberId, campaignId))
    .orderBy(campaignRules.position, campaignRules.id)
    .limit(RULES_IN_USE_MAX);

/** The first two numbers belong to the campaign's own columns. */
export const FIRST_NUMBER = 2;

/**
 * Inserts nothing if the campaign is another member's, has the maximum number of rules, or counts only visits, so codes
 * cannot be used to sign up.
 */
export function insertRule(db: Db, memberId: number, campaignId: number, values: RuleValues, now: Date) {
  const first = campaignId * RULES_PER_CAMPAIGN;
  const is_counted = dependsOnCounts(values) ? null : false;
  const row = { ...values, is_counted, campaign_id: campaignId, date_added: now, date_removed: null };
  const columns = getTableColumns(campaignRules);
  const written = Object.entries(row).map(([name, value]) => {
    const column = columns[name as keyof typeof columns];
    return { name: sql.identifier(column.name), value: sql.param(value, column) };
  });
  return db.all<{ id: number }>(sql`INSERT INTO campaign_rules (id, ${sql.join(
    written.map(({ name }) => name),
    sql`, `,
  )})
    SELECT n.next, ${sql.join(
      written.map(({ value }) => value),
      sql`, `,
    )} FROM (
      SELECT coalesce(max(r.id) + 1, ${first + FIRST_NUMBER}) AS next, sum(r.date_removed IS NULL) AS in_use
      FROM campaign_rules r WHERE r.campaign_id = ${campaignId}) n
    WHERE coalesce(n.in_use, 0) < ${RULES_IN_USE_MAX} AND n.next < ${first + RULES_PER_CAMPAIGN}
      AND (${values.trigger} <> 'signup' OR EXISTS (SELECT 1 FROM campaigns c WHERE c.id = ${campaignId} AND c.goal_type = 'signup'))
      AND ${ownCampaign(memberId, campaignId)} IS NOT NULL RETURNING id`);
}

/** A rule whose rewards are counted stays counted. */
export const updateRule = (db: Db, memberId: number, campaignId: number, id: number, values: RuleValues) =>
  db
    .update(campaignRules)
    .set({ ...values, is_counted: sql`iif(${dependsOnCounts(values)} AND is_counted = 0, 1, is_counted)` })
    .where(and(eq(campaignRules.id, id), inUse(memberId, campaignId)))
    .returning();

export const removeRule = (db: Db, memberId: number, campaignId: number, id: number, now: Date) =>
  db
    .update(campaignRules)
    .set({ date_removed: now })
    .where(and(eq(campaignRules.id, id), inUse(memberId, campaignId)))
    .returning({ id: campaignRules.id });
