/** A statement's text and how many of the group's parameters it uses. */
export type Sql = { text: string; parameters: number };

/**
 * The statements of a group share their parameters: ?1 is the items as one JSON array, ?2 the campaign's ID, ?3 the
 * highest coupon ID that this ledger knows was given, ?4 the latest mark it saw in the database, and ?5 the commit time
 * in milliseconds.
 */
export function statement(text: string): Sql {
  const used = [...text.matchAll(/\?(\d)/g)].map((match) => Number(match[1]));
  return { text, parameters: Math.max(0, ...used) };
}

/** The statements for a kind of item, in order. Results are read by these names. */
export type Group = Record<string, Sql>;

type Parameters = readonly [items: string, campaignId: number, givenUpTo: number, mark: number, now: number];

export const bind = (db: D1DatabaseSession, { text, parameters }: Sql, values: Parameters) =>
  db.prepare(text).bind(...values.slice(0, parameters));
