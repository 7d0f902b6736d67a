import { sql } from "drizzle-orm";
import { index, integer, sqliteTable, text, uniqueIndex } from "drizzle-orm/sqlite-core";
import { members } from "./accounts";
import { counter, flag, suspension, time } from "./columns";

/** A TXT record, a file on the website, or a campaign's widget on its home page. */
export const proofMethods = ["dns", "file", "widget"] as const;

export type Social = { social: string; profile_url: string };

export const brands = sqliteTable(
  "brands",
  {
    id: integer().primaryKey({ autoIncrement: true }),
    member_id: integer()
      .notNull()
      .references(() => members.id, { onDelete: "cascade" }),
    url: text().notNull(),
    domain: text().notNull(),
    slug: text().notNull().unique(),
    /** The brand kit. Campaigns inherit what they do not set themselves. Without a name, people see the domain. */
    name: text(),
    color: text(),
    button_color: text(),
    font_family: text(),
    description: text(),
    logo_url: text(),
    background_image: text(),
    socials: text({ mode: "json" }).$type<Social[]>().notNull().default([]),
    in_vnoc: flag().notNull().default(false),
    vnoc_id: integer(),
    date_added: time().notNull(),
    /** When the member proved that they control the domain, and how. Both are null if they have not. */
    proven_at: time(),
    proof_method: text({ enum: proofMethods }),
    /** The last check, and the failed checks since the last success. */
    proof_checked_at: time(),
    proof_failures: counter(),
    /** The host of its pages and share links: its active domain in `domains`. */
    link_host: text(),
    /** Replies to the campaigns' emails go there. */
    reply_to: text(),
    ...suspension,
  },
  (t) => [
    index("brands_of_member").on(t.member_id),
    index("brands_proven").on(t.proof_checked_at).where(sql`proven_at IS NOT NULL`),
  ],
);

/**
 * `unverified` until its TXT record is found, `pending` until its certificate is issued, then `active`. `failed`: the
 * record is gone, or the certificate cannot be issued.
 */
export const domainStates = ["unverified", "pending", "active", "failed"] as const;

/** The brands' own hosts for their pages and share links. Several accounts may claim a host; only one can prove it. */
export const domains = sqliteTable(
  "domains",
  {
    id: integer().primaryKey({ autoIncrement: true }),
    member_id: integer()
      .notNull()
      .references(() => members.id, { onDelete: "cascade" }),
    brand_id: integer()
      .notNull()
      .references(() => brands.id, { onDelete: "cascade" }),
    hostname: text().notNull(),
    state: text({ enum: domainStates }).notNull().default("unverified"),
    proven_at: time(),
    /** Its id at Cloudflare for SaaS, and the status of its certificate there. */
    cf_id: text(),
    ssl_state: text(),
    error: text(),
    checked_at: time(),
    failures: counter(),
    date_added: time().notNull(),
  },
  (t) => [
    uniqueIndex("domains_proven").on(t.hostname).where(sql`proven_at IS NOT NULL`),
    uniqueIndex("domains_of_brand").on(t.brand_id, t.hostname),
    index("domains_of_member").on(t.member_id),
    index("domains_checked").on(t.checked_at).where(sql`proven_at IS NOT NULL`),
  ],
);
