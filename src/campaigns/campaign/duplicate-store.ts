import { and, eq, getTableColumns, sql } from "drizzle-orm";
import {
  campaignLanders,
  campaignRewards,
  campaignRules,
  campaigns,
  campaignWidgets,
  ownCampaign,
  RULES_PER_CAMPAIGN,
} from "../../../drizzle/schema";
import type { Db, Statement } from "../../lib/db";

/** A campaign's row, its widget's settings, and its reward. */
export const original = (db: Db, memberId: number, id: number) => {
  const own = and(eq(campaigns.id, id), eq(campaigns.member_id, memberId));
  return [
    db.select().from(campaigns).where(own),
    db
      .select()
      .from(campaignWidgets)
      .where(eq(campaignWidgets.campaign_id, ownCampaign(memberId, id))),
    db
      .select()
      .from(campaignRewards)
      .where(eq(campaignRewards.campaign_id, ownCampaign(memberId, id))),
  ] as const;
};

/** Must run in the transaction that inserts the copy, so the copy has the highest ID among the member's campaigns. */
const copyId = (memberId: number) => sql`(SELECT max(id) FROM campaigns WHERE member_id = ${memberId})`;

export const copyLander = (db: Db, memberId: number, id: number): Statement =>
  db.run(sql`INSERT INTO campaign_landers (campaign_id, settings)
    SELECT ${copyId(memberId)}, settings FROM ${campaignLanders} WHERE campaign_id = ${ownCampaign(memberId, id)}`);

/** The active rules, renumbered after the campaign's own two. */
export function copyRules(db: Db, memberId: number, id: number, now: Date): Statement {
  const { id: _, campaign_id, date_added, date_removed, ...values } = getTableColumns(campaignRules);
  const names = sql.join(
    Object.values(values).map(({ name }) => sql.identifier(name)),
    sql`, `,
  );
  return db.run(sql`INSERT INTO campaign_rules (id, campaign_id, date_added, ${names})
    SELECT ${copyId(memberId)} * ${RULES_PER_CAMPAIGN} + 1 + row_number() OVER (ORDER BY position, id), ${copyId(memberId)}, ${now.getTime()}, ${names}
    FROM campaign_rules WHERE campaign_id = ${ownCampaign(memberId, id)} AND date_removed IS NULL`);
}
