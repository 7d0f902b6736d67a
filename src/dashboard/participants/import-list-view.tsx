import type { Import } from "../../participants/imports/undo";
import { Badge, Card, Confirm, count, Table, Time } from "../ui/parts";

/** The campaign's newest imports, with the available actions for each. */
export const importList = (campaignId: number, imports: Import[]) =>
  imports.length === 0 ? null : (
    <Card title="Imports">
      <p class="quiet">
        Undoing an import removes the participants it added. It keeps those with later activity: they shared, invited
        friends, or someone got a reward because of them.
      </p>
      <Table label="Imports" columns={["Imported", "Status"]}>
        {imports.map((row) => (
          <tr>
            <td>
              <Time at={row.date_added} />
            </td>
            <td>
              <Status campaignId={campaignId} row={row} />
            </td>
          </tr>
        ))}
      </Table>
    </Card>
  );

const Status = ({ campaignId, row }: { campaignId: number; row: Import }) => {
  if (row.date_undone)
    return (
      <>
        <Badge>Undone</Badge>{" "}
        {row.kept > 0 && (
          <a href={`/campaigns/${campaignId}/import/${row.id}`}>
            {row.kept === 1 ? "1 participant kept" : `${count(row.kept)} participants kept`}
          </a>
        )}
      </>
    );
  if (row.undo_before !== null) return <Badge tone="warn">Being undone</Badge>;
  if (row.is_told) return <span class="quiet">It sent emails or webhooks, so it cannot be undone.</span>;
  return (
    <Confirm
      action={`/campaigns/${campaignId}/import/${row.id}/undo`}
      button="Undo import"
      question="Removes the participants it added, and their signups from all counts. Nobody is notified."
    />
  );
};

/** The participants who stayed when an import was undone. */
export const keptView = (campaignId: number, people: { id: number; email: string }[]) => (
  <Card title="Who stayed">
    <p class="quiet">
      These participants had activity after the import, so they were not removed. You can still delete them one by one.
    </p>
    <ul>
      {people.map(({ id, email }) => (
        <li>
          <a href={`/participants/${id}`}>{email}</a>
        </li>
      ))}
    </ul>
    <p>
      <a class="button" href={`/campaigns/${campaignId}/participants`}>
        All participants
      </a>
    </p>
  </Card>
);
