import { env } from "cloudflare:workers";

/** A database whose first call after a write to `table` fails, as when a Worker dies between its commit and its answer. */
export function failsAfterWriteTo(table: string): D1Database {
  let isNext = false;
  const wrap = (session: D1DatabaseSession) => {
    let writes = false;
    return {
      prepare: (query: string) => {
        writes ||= query.toLowerCase().startsWith(`insert into "${table}"`);
        return session.prepare(query);
      },
      batch: async (statements: D1PreparedStatement[]) => {
        if (isNext) {
          isNext = false;
          throw new Error("D1_ERROR: Network connection lost.");
        }
        const results = await session.batch(statements);
        isNext = writes;
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
