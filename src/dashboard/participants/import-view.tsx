import type { Telling } from "../../participants/imports/import";
import { type Outcome, outcomes, type Result } from "../../participants/imports/import-plan";
import { roles } from "../../participants/imports/import-roles";
import { ROWS_MAX } from "../../participants/imports/import-schema";
import { Input, Problems, TextArea } from "../ui/field";
import type { Form } from "../ui/form";
import { Badge, Card, count, Table } from "../ui/parts";
import { ColumnList } from "./column-list";

const SHOWN = 200;

const TONES: Partial<Record<Outcome, "good" | "plain">> = {
  add: "good",
  added: "good",
  parked: "good",
  attribute: "good",
  attributed: "good",
  known: "plain",
  twice: "plain",
  left_out: "plain",
};

export const uploadView = (form: Form<unknown>) => (
  <Card title="Import participants">
    <p class="quiet">
      Upload a list with up to {count(ROWS_MAX)} rows, exported from any spreadsheet or email tool. You see a preview
      first; nothing is imported until you confirm.
    </p>
    <Problems form={form} />
    <form method="post" enctype="multipart/form-data">
      <Input form={form} name="file" label="CSV file" type="file" accept=".csv,.txt,.tsv,text/csv,text/plain" />
      <TextArea
        form={form}
        name="text"
        label="Or paste rows"
        rows={6}
        spellcheck={false}
        placeholder={
          "email,name,invited_by\nada@example.com,Ada Lovelace,\ngrace@example.com,Grace Hopper,ada@example.com"
        }
      />
      <details>
        <summary>Columns</summary>
        <ColumnList columns={Object.values(roles).map(({ label, about }) => [label, about])} />
      </details>
      <button type="submit">Preview import</button>
    </form>
  </Card>
);

/** The number of rows per outcome, and the rows that need attention. */
export const Results = ({ results }: { results: Result[] }) => {
  const byOutcome = Map.groupBy(results, ({ outcome }) => outcome);
  const unusual = results.filter(({ outcome, said }) => TONES[outcome] !== "good" || said.includes(";"));
  const shown = (unusual.length > 0 ? unusual : results).slice(0, SHOWN);
  return (
    <>
      <ul class="import-counts">
        {[...byOutcome].map(([outcome, rows]) => (
          <li>
            <strong>{count(rows.length)}</strong> <Badge tone={TONES[outcome] ?? "bad"}>{outcomes[outcome]}</Badge>
          </li>
        ))}
      </ul>
      <Table label="Rows" columns={[{ number: "Line" }, "Email", "Result"]}>
        {shown.map(({ line, email, outcome, said }) => (
          <tr>
            <td class="number">{count(line)}</td>
            <td>{email}</td>
            <td>
              <Badge tone={TONES[outcome] ?? "bad"}>{said}</Badge>
            </td>
          </tr>
        ))}
      </Table>
      {shown.length < results.length && (
        <p class="quiet">
          {unusual.length > 0
            ? "Only rows with problems are listed"
            : `Only the first ${count(shown.length)} are listed`}
          . Download the results to see every row.
        </p>
      )}
    </>
  );
};

/** The results, if the form was submitted without the script. */
export const doneView = (
  campaignId: number,
  { token, rows, results, emails, webhooks }: { token: string; rows: string; results: Result[] } & Telling,
) => (
  <Card title="Imported">
    <Results results={results} />
    <form method="post" action={`/campaigns/${campaignId}/import/run`} enctype="multipart/form-data">
      <input type="hidden" name="token" value={token} />
      <input type="hidden" name="as" value="csv" />
      <input type="hidden" name="rows" value={rows} />
      {emails && <input type="hidden" name="emails" value="on" />}
      {webhooks && <input type="hidden" name="webhooks" value="on" />}
      <input type="hidden" name="@flags" value="emails" />
      <input type="hidden" name="@flags" value="webhooks" />
      <div class="inline">
        <button type="submit" class="button">
          Download the results
        </button>
        <a class="button" href={`/campaigns/${campaignId}/participants`}>
          Participants
        </a>
      </div>
    </form>
  </Card>
);
