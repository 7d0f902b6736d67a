import { entries } from "../../auth/audit/audit-entry";
import { Id } from "../../lib/fields";
import { createPages } from "../doors/pages";
import { show } from "../ui/layout";
import { ListTable, listFile } from "../ui/list-columns";
import { Empty, Head } from "../ui/parts";
import { auditColumns } from "./audit-columns";

const PATH = "/audit";

export const auditPages = createPages([PATH]);

const FIRST = Number.MAX_SAFE_INTEGER;
const [SHOWN, SLICE] = [50, 1000];

auditPages.get(`${PATH}/export`, (c) =>
  listFile("audit-log", auditColumns, async (before: number | undefined) => {
    const { rows, hasMore } = await entries(c.var.ctx, before ?? FIRST, SLICE);
    return { rows, next: hasMore ? (rows.at(-1)?.id ?? null) : null };
  }),
);

auditPages.get(PATH, async (c) => {
  const asked = Id.safeParse(c.req.query("before"));
  const { rows, hasMore } = await entries(c.var.ctx, asked.success ? asked.data : FIRST, SHOWN);
  const last = rows.at(-1);
  const body = (
    <>
      <Head
        title="Audit log"
        about="Who changed what in this account, in the dashboard, through the API, or as the operator. Kept for 400 days."
      >
        {rows.length > 0 && (
          <a class="button" href={`${PATH}/export`}>
            Export as CSV
          </a>
        )}
      </Head>
      {rows.length === 0 ? (
        <Empty title={asked.success ? "No older entries" : "No changes yet"} icon="scroll-text">
          <p>
            Every change made in the dashboard, or with an API key or token, is recorded. Signups, clicks, and other
            traffic are not.
          </p>
        </Empty>
      ) : (
        <ListTable label="Changes" columns={auditColumns} rows={rows} />
      )}
      {(asked.success || hasMore) && (
        <nav class="pager" aria-label="Pages">
          {asked.success ? (
            <a class="button" href={PATH}>
              Newest
            </a>
          ) : (
            <span />
          )}
          {hasMore && last && (
            <a class="button" rel="next" href={`${PATH}?before=${last.id}`}>
              Older
            </a>
          )}
        </nav>
      )}
    </>
  );
  return show(c, { title: "Audit log", section: PATH, body });
});
