import type { PageQuery } from "../../lib/page";
import { count } from "./parts";

type PagerProps = { page: PageQuery; total: number; path: string; isCut?: boolean };

/** Links to a list's other pages. `path` includes the list's own parameters. `isCut`: there are more than `total`. */
export const Pager = ({ page, total, path, isCut = false }: PagerProps) => {
  const last = Math.max(1, Math.ceil(total / page.limit));
  if (last === 1 && page.page === 1) return null;
  const to = (n: number) => `${path}${path.includes("?") ? "&" : "?"}page=${n}&limit=${page.limit}`;
  return (
    <nav class="pager" aria-label="Pages">
      {page.page > 1 ? (
        <a class="button" rel="prev" href={to(page.page - 1)}>
          Previous
        </a>
      ) : (
        <span />
      )}
      <span class="pages">
        {near(page.page, last).map((n, i, all) => (
          <>
            {n - (all[i - 1] ?? n) > 1 && <span class="quiet">…</span>}
            {n === page.page ? (
              <span aria-current="page">{count(n)}</span>
            ) : (
              <a href={to(n)} aria-label={`Page ${count(n)}`}>
                {count(n)}
              </a>
            )}
          </>
        ))}
        {isCut && <span class="quiet">…</span>}
      </span>
      {page.page < last ? (
        <a class="button" rel="next" href={to(page.page + 1)}>
          Next
        </a>
      ) : (
        <span />
      )}
    </nav>
  );
};

/** The first page, the last page, and the neighbors of the current one. */
const near = (at: number, last: number) =>
  [...new Set([1, at - 1, at, at + 1, last])].filter((n) => n >= 1 && n <= Math.max(last, at)).sort((a, b) => a - b);

type WalkProps = { isFirst: boolean; first: string; next: string | null; stopped: string | null };

/**
 * Links through a list without numbered pages. `stopped` is the text shown if a search may continue past the rows it
 * read.
 */
export const Walk = ({ isFirst, first, next, stopped }: WalkProps) =>
  isFirst && next === null ? null : (
    <nav class="pager" aria-label="Pages">
      {isFirst ? (
        <span />
      ) : (
        <a class="button" href={first}>
          First page
        </a>
      )}
      {stopped !== null && <span class="quiet">{stopped}</span>}
      {next === null ? (
        <span />
      ) : (
        <a class="button" rel="next" href={next}>
          {stopped === null ? "Next" : "Search further"}
        </a>
      )}
    </nav>
  );
