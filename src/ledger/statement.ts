/** A statement's text, and how many of the group's parameters it uses. */
export type Sql = { text: string; parameters: number };

/**
 * Statements of one group share their parameters: ?1 the items as one JSON array, ?2 the campaign's id, ?3 the highest coupon id
 * that this ledger knows to have been given.
 */
export function statement(text: string): Sql {
  const used = [...text.matchAll(/\?(\d)/g)].map((match) => Number(match[1]));
  return { text, parameters: Math.max(0, ...used) };
}

/** The statements of a kind of item, in the order they run in, each under the name that its results are found by. */
export type Group = Record<string, Sql>;

export type Parameters = readonly [items: string, campaignId: number, givenUpTo: number];

export const bind = (db: D1DatabaseSession, { text, parameters }: Sql, values: Parameters) =>
  db.prepare(text).bind(...values.slice(0, parameters));
