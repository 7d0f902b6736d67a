import { and, eq, ne, sql } from "drizzle-orm";
import { brands, campaigns, participants } from "../../../drizzle/schema";
import type { Db } from "../../lib/db";

/** Where the links of a living participant lead. Public: the link's signature is what opens it. */
export const destinationOf = (db: Db, campaignId: number, participantId: number) =>
  db
    .select({
      campaign_id: sql<number>`${campaigns.id}`.as("campaign_id"),
      landing_url: sql<string | null>`${campaigns.landing_url}`.as("landing_url"),
      publish: sql<string>`${campaigns.publish}`.as("publish"),
      slug: sql<string>`${brands.slug}`.as("slug"),
      url: sql<string>`${brands.url}`.as("url"),
    })
    .from(participants)
    .innerJoin(campaigns, eq(campaigns.id, participants.campaign_id))
    .innerJoin(brands, eq(brands.id, campaigns.brand_id))
    .where(
      and(
        eq(participants.id, participantId),
        eq(participants.campaign_id, campaignId),
        ne(participants.status, "erased"),
      ),
    );
