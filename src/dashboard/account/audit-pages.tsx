import { type Entry, entries } from "../../auth/audit/audit-entry";
import { Id } from "../../lib/fields";
import { createPages } from "../doors/pages";
import { show } from "../ui/layout";
import { Badge, Empty, Head, Table, Time } from "../ui/parts";
import { placeOf } from "./audit-place";

const PATH = "/audit";

export const auditPages = createPages([PATH]);

const Who = ({ entry: { via, key_prefix, person_name, person_email } }: { entry: Entry }) => {
  if (via === "operator") return <>The operator</>;
  if (key_prefix !== null)
    return (
      <>
        An API key
        <div class="quiet">
          <code>{key_prefix}…</code>
        </div>
      </>
    );
  if (person_name === null) return <span class="quiet">a former member</span>;
  return (
    <>
      {person_name} {via === "api" && <Badge>via API</Badge>}
      <div class="quiet">{person_email}</div>
    </>
  );
};

const Row = ({ entry }: { entry: Entry }) => {
  const { label, page } = placeOf(entry.path, entry.thing);
  return (
    <tr>
      <td class="audit-what">{entry.action}</td>
      <td class="link">{page ? <a href={page}>{label}</a> : <span class="quiet">{label}</span>}</td>
      <td>
        <Who entry={entry} />
      </td>
      <td>
        <Time at={entry.date} />
      </td>
    </tr>
  );
};

auditPages.get(PATH, async (c) => {
  const asked = Id.safeParse(c.req.query("before"));
  const { rows, hasMore } = await entries(c.var.ctx, asked.success ? asked.data : Number.MAX_SAFE_INTEGER);
  const last = rows.at(-1);
  const body = (
    <>
      <Head
        title="Audit log"
        about="Who changed what in this account, in the dashboard, through the API, or as the operator. Kept for 400 days."
      />
      {rows.length === 0 ? (
        <Empty title={asked.success ? "No older entries" : "No changes yet"} icon="scroll-text">
          <p>
            Every change made in the dashboard, or with an API key or token, is recorded. Signups, clicks, and other
            traffic are not.
          </p>
        </Empty>
      ) : (
        <Table label="Changes" columns={["What", "Where", "Who", "When"]}>
          {rows.map((entry) => (
            <Row entry={entry} />
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
