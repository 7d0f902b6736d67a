import { createPages } from "../auth/session";
import { show } from "../dashboard/layout";
import { Empty, Head, Table, Time } from "../dashboard/parts";
import { Id } from "../lib/fields";
import { type Entry, entries } from "./entry";
import { goneIn, inWords, pageOf } from "./words";

const PATH = "/audit";

/** Who changed what in the account, through its pages. */
export const auditPages = createPages([PATH]);

const Row = ({ entry, gone }: { entry: Entry; gone: ReadonlySet<string> }) => {
  const page = pageOf(entry.path, gone);
  return (
    <tr>
      <td>
        <Time at={entry.date} />
      </td>
      <td>
        {entry.person_name === null ? (
          <span class="quiet">somebody who is gone</span>
        ) : (
          <>
            {entry.person_name}
            <div class="quiet">{entry.person_email}</div>
          </>
        )}
      </td>
      <td>{inWords(entry.action)}</td>
      <td>{page ? <a href={page}>{entry.path}</a> : <code>{entry.path}</code>}</td>
    </tr>
  );
};

auditPages.get(PATH, async (c) => {
  const asked = Id.safeParse(c.req.query("before"));
  const { rows, hasMore } = await entries(c.var.ctx, asked.success ? asked.data : Number.MAX_SAFE_INTEGER);
  const gone = goneIn(rows.map((entry) => entry.path));
  const last = rows.at(-1);
  const body = (
    <>
      <Head title="Audit log" about="Who changed what in this account through its pages. Kept for 400 days." />
      {rows.length === 0 ? (
        <Empty title={asked.success ? "Nothing older" : "Nothing was changed yet"}>
          <p>Every form that is sent here leaves a line. What your own systems do by API key does not.</p>
        </Empty>
      ) : (
        <Table label="Changes" columns={["When", "Who", "What", "Where"]}>
          {rows.map((entry) => (
            <Row entry={entry} gone={gone} />
          ))}
        </Table>
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
