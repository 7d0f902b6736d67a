type Pagination = {
  page?: number;
  totalPages?: number;
  next_after?: number | string | null;
  after?: number | string;
  has_more?: boolean;
};
export type Query = Record<string, unknown>;

/** One page with `await`; every row with `for await`. */
export interface Paged<Page, Row> extends PromiseLike<Page>, AsyncIterable<Row> {
  catch<T>(onRejected: (error: unknown) => T): Promise<Page | T>;
  finally(onFinally: () => void): Promise<Page>;
  /** Collects rows, at most `max` of them. */
  toArray(max: number): Promise<Row[]>;
}

const PAGE = 100;

/**
 * A list. It sends no request before it is awaited or iterated. Iterated, a list that supports `after` begins with its
 * oldest row, and neither skips nor repeats any while rows come and go.
 */
export function paged<Page, Row>(
  ask: (query: Query) => Promise<unknown>,
  query: Query,
  key: string,
  isWalked: boolean,
): Paged<Page, Row> {
  let first: Promise<Page> | undefined;
  const page = () => {
    first ??= ask(query) as Promise<Page>;
    return first;
  };
  async function* rows() {
    let next: Query | null = { limit: PAGE, ...(isWalked && query.page === undefined && { after: 0 }), ...query };
    while (next) {
      const asked: Query = next;
      const data = (await ask(asked)) as Record<string, unknown>;
      yield* data[key] as Row[];
      next = following(asked, data.pagination as Pagination | undefined);
    }
  }
  return {
    // biome-ignore lint/suspicious/noThenProperty: Awaiting a list returns its first page.
    then: (...handlers) => page().then(...handlers),
    catch: (handler) => page().catch(handler),
    finally: (handler) => page().finally(handler),
    [Symbol.asyncIterator]: rows,
    async toArray(max) {
      const all: Row[] = [];
      if (max > 0)
        for await (const row of rows()) {
          all.push(row);
          if (all.length >= max) break;
        }
      return all;
    },
  };
}

function following(asked: Query, { page = 1, totalPages = 0, next_after, after, has_more }: Pagination = {}) {
  const cursor = next_after ?? (has_more ? after : undefined);
  if (cursor !== undefined && cursor !== null && cursor !== asked.after) return { ...asked, after: cursor };
  return next_after === undefined && has_more === undefined && page < totalPages ? { ...asked, page: page + 1 } : null;
}
