import { type SQL, sql } from "drizzle-orm";
import { brands } from "../../drizzle/schema";
import { type BrandKit, readKit } from "./brand-kit";

const KIT = sql`json_object('color', ${brands.color}, 'button_color', ${brands.button_color}, 'font_family', ${brands.font_family})`;

/**
 * The brand's kit: of the query's own `brands`, or of the brand with this ID. All values are null if a left join found
 * no brand.
 */
export const kitColumn = (id?: SQL) =>
  sql<BrandKit>`${id ? sql`(SELECT ${KIT} FROM ${brands} WHERE ${brands.id} = ${id})` : KIT}`
    .mapWith(readKit)
    .as("kit");

/** A brand's display name: its name, or else its domain, which `shownDomain` makes readable. */
export const brandName = (name = "brand_name") => sql<string>`coalesce(${brands.name}, ${brands.domain})`.as(name);
