import { desc, eq, sql } from "drizzle-orm";
import { brands, contestEntrants, pastContests, pastEntrants } from "../../../drizzle/schema";
import type { ContestWeighting } from "../../../drizzle/schema/contests";
import type { Db } from "../../lib/db";
import { brandName } from "../brand-kit-store";

type Row = {
  campaign_id: number;
  number: number;
  contest_name: string | null;
  description: string | null;
  brand_domain: string | null;
  brand_name: string | null;
  brand_slug: string | null;
  is_on: number;
  start_date: number;
  end_date: number;
  max_winners: number;
  weighting: ContestWeighting;
  commitment: string;
  committed_at: number;
  previous_hash: string | null;
  known_participant: number | null;
  changes: number;
  changed_at: number | null;
  drawn_at: number | null;
  seed: string | null;
  entrants_hash: string | null;
  entrants_count: number | null;
  total_entries: number | null;
  winners: string;
  removed_at: number | null;
  latest_number: number;
};

const KEPT =
  sql.raw(`k.campaign_id, k.number, k.contest_name, k.description, k.start_date, k.end_date, k.max_winners, k.weighting,
  k.commitment, k.committed_at, k.previous_hash, k.known_participant, k.changes, k.changed_at, k.drawn_at, k.revealed_seed AS seed,
  k.entrants_hash, k.entrants_count, k.total_entries, k.winners`);

/**
 * One of the campaign's contests, removed or not. Public. Without a number, the current contest, or else the latest.
 * Its name, description, and brand are included only if the campaign is public.
 */
export const contestOnRecord = (db: Db, campaignId: number, number: number | undefined) =>
  db.all<Row>(sql`SELECT o.*, b.domain AS brand_domain, coalesce(b.name, b.domain) AS brand_name, b.slug AS brand_slug, iif(b.id IS NULL, NULL, o.contest_name) AS contest_name,
      iif(b.id IS NULL, NULL, o.description) AS description,
      max(o.number, (SELECT coalesce(max(number), 0) FROM past_contests WHERE campaign_id = ${campaignId}),
        (SELECT coalesce(max(number), 0) FROM contests WHERE campaign_id = ${campaignId})) AS latest_number
    FROM (SELECT ${KEPT}, k.is_on, NULL AS removed_at FROM contests k WHERE k.campaign_id = ${campaignId}
      UNION ALL SELECT ${KEPT}, 0 AS is_on, k.removed_at FROM past_contests k WHERE k.campaign_id = ${campaignId}
    ) o LEFT JOIN campaigns c ON c.id = o.campaign_id AND c.publish = 'public' LEFT JOIN brands b ON b.id = c.brand_id
    WHERE ${number === undefined ? sql`true` : sql`o.number = ${number}`}
    ORDER BY o.removed_at IS NULL DESC, o.number DESC LIMIT 1`);

const record = {
  number: pastContests.number,
  campaign_id: pastContests.campaign_id,
  commitment: pastContests.commitment,
  committed_at: pastContests.committed_at,
  start_date: pastContests.start_date,
  end_date: pastContests.end_date,
  max_winners: pastContests.max_winners,
  weighting: pastContests.weighting,
  drawn_at: pastContests.drawn_at,
  seed: pastContests.revealed_seed,
  entrants_hash: pastContests.entrants_hash,
  removed_at: pastContests.removed_at,
  previous_hash: pastContests.previous_hash,
};

/** The records of the campaign's removed contests, newest first. Public. */
export const records = (db: Db, campaignId: number, most: number) =>
  db
    .select(record)
    .from(pastContests)
    .where(eq(pastContests.campaign_id, campaignId))
    .orderBy(desc(pastContests.number))
    .limit(most);

/** The list that the winners were drawn from. Public. It exists only after the draw. */
export const currentList = (db: Db, campaignId: number) =>
  db
    .select({ list: contestEntrants.list })
    .from(contestEntrants)
    .where(eq(contestEntrants.campaign_id, campaignId))
    .orderBy(contestEntrants.part);

/** The list of a removed contest. Public. */
export const pastList = (db: Db, campaignId: number, number: number) =>
  db
    .select({ list: pastEntrants.list })
    .from(pastEntrants)
    .where(sql`${pastEntrants.campaign_id} = ${campaignId} AND ${pastEntrants.number} = ${number}`)
    .orderBy(pastEntrants.part);

export const brandBySlug = (db: Db, slug: string) =>
  db
    .select({
      slug: brands.slug,
      name: brandName("name"),
      color: brands.color,
      button_color: brands.button_color,
      font_family: brands.font_family,
      url: brands.url,
      logo_url: brands.logo_url,
      background_image: brands.background_image,
      socials: brands.socials,
      is_public: sql<number>`EXISTS (SELECT 1 FROM campaigns WHERE brand_id = brands.id AND publish = 'public')`.as(
        "is_public",
      ),
    })
    .from(brands)
    .where(eq(brands.slug, slug));

const SHOWN = sql.raw(`k.campaign_id, k.number, k.contest_name, k.start_date, k.end_date, k.drawn_at, k.entrants_count,
  json_array_length(k.winners) AS winners_count`);

/**
 * The draws of a brand's public campaigns, newest first, with their total number. A deleted campaign keeps the
 * visibility it had, but its texts are gone.
 */
export const drawsOfBrand = (db: Db, slug: string, { offset, limit }: { offset: number; limit: number }) =>
  db.all<{
    campaign_id: number;
    number: number;
    contest_name: string | null;
    start_date: number;
    end_date: number;
    drawn_at: number;
    entrants_count: number;
    winners_count: number;
    removed_at: number | null;
    total: number;
  }>(sql`WITH brand AS (SELECT id FROM brands WHERE slug = ${slug})
    SELECT *, count(*) OVER () AS total FROM (
      SELECT ${SHOWN}, NULL AS removed_at FROM brand CROSS JOIN campaigns c ON c.brand_id = brand.id AND c.publish = 'public'
        CROSS JOIN contests k ON k.campaign_id = c.id WHERE k.drawn_at IS NOT NULL
      UNION ALL SELECT ${SHOWN}, k.removed_at FROM brand CROSS JOIN past_contests k ON k.brand_id = brand.id
        LEFT JOIN campaigns c ON c.id = k.campaign_id
        WHERE k.drawn_at IS NOT NULL AND iif(c.id IS NULL, k.is_public, c.publish = 'public')
    ) ORDER BY drawn_at DESC, campaign_id DESC, number DESC LIMIT ${limit} OFFSET ${offset}`);
