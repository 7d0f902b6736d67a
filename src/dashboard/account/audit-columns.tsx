import type { Entry } from "../../auth/audit/audit-entry";
import { Email } from "../ui/email";
import type { ListColumn } from "../ui/list-columns";
import { Badge, Time } from "../ui/parts";
import { placeOf } from "./audit-place";

const Where = ({ entry }: { entry: Entry }) => {
  const { label, page } = placeOf(entry);
  return page ? <a href={page}>{label}</a> : <span class="quiet">{label}</span>;
};

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
      {person_email && (
        <div class="quiet">
          <Email of={person_email} />
        </div>
      )}
    </>
  );
};

/** The audit log, on the page and as a file. */
export const auditColumns: ListColumn<Entry>[] = [
  {
    name: "action",
    value: ({ action }) => action,
    page: { at: 1, heading: "What", cell: ({ action }) => <span class="audit-what">{action}</span> },
  },
  {
    name: "where",
    value: (entry) => placeOf(entry).label,
    page: { at: 2, heading: "Where", cell: (entry) => <Where entry={entry} /> },
  },
  { name: "path", value: ({ path }) => path },
  { name: "via", value: ({ via }) => via },
  { name: "key_prefix", value: ({ key_prefix }) => key_prefix },
  {
    name: "person",
    value: ({ person_name }) => person_name,
    page: { at: 3, heading: "Who", cell: (entry) => <Who entry={entry} /> },
  },
  { name: "person_email", value: ({ person_email }) => person_email },
  {
    name: "date",
    value: ({ date }) => date,
    page: { at: 4, heading: "When", cell: ({ date }) => <Time at={date} /> },
  },
];
