import { env } from "cloudflare:workers";

/** More than the attempts that a read gets. */
const LOST_CALLS = 3;

/** A database whose next calls after a write to `table` fail, as when a Worker dies between its commit and its answer. */
export function failsAfterWriteTo(table: string): D1Database {
  let lost = 0;
  const wrap = (session: D1DatabaseSession) => {
    let writes = false;
    return {
      prepare: (query: string) => {
        writes ||= query.toLowerCase().startsWith(`insert into "${table}"`);
        return session.prepare(query);
      },
      batch: async (statements: D1PreparedStatement[]) => {
        if (lost-- > 0) throw new Error("D1_ERROR: Network connection lost.");
        const results = await session.batch(statements);
        lost = writes ? LOST_CALLS : 0;
        writes = false;
        return results;
      },
      getBookmark: () => session.getBookmark(),
    };
  };
  return { withSession: (constraint: string) => wrap(env.DB.withSession(constraint)) } as unknown as D1Database;
}

/** A database that never answers. */
export const neverAnswers = {
  withSession: () => ({
    prepare: (query: string) => env.DB.prepare(query),
    batch: () => new Promise(() => {}),
    getBookmark: () => null,
  }),
} as unknown as D1Database;
