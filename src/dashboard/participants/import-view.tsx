import type { rehearse } from "../../participants/imports/import";
import { toLines } from "../../participants/imports/import-file";
import type { Outcome, Result } from "../../participants/imports/import-plan";
import { columns, RUN_MAX } from "../../participants/imports/import-schema";
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
};

export const uploadView = (form: Form<unknown>) => (
  <Card title="Import participants">
    <p class="quiet">
      Upload a CSV file with up to 10,000 rows. You see a preview first; nothing is imported until you confirm.
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
        <ColumnList columns={Object.entries(columns).map(([name, { about }]) => [name, about])} />
      </details>
      <button type="submit">Preview import</button>
    </form>
  </Card>
);

const Results = ({ results }: { results: Result[] }) => {
  const byOutcome = Map.groupBy(results, ({ outcome }) => outcome);
  const unusual = results.filter(({ outcome }) => TONES[outcome] !== "good");
  const shown = (unusual.length > 0 ? unusual : results).slice(0, SHOWN);
  return (
    <>
      <ul class="import-counts">
        {[...byOutcome].map(([outcome, rows]) => (
          <li>
            <strong>{count(rows.length)}</strong>{" "}
            <Badge tone={TONES[outcome] ?? "bad"}>{outcome === "invalid" ? "invalid" : rows[0]?.said}</Badge>
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

type Rehearsed = Awaited<ReturnType<typeof rehearse>>;

/** The preview, and the form that runs the import. A script sends the form in parts and shows the progress. */
export const rehearsedView = (campaignId: number, { results, rows, token, has_welcome }: Rehearsed) => {
  const adding = results.filter(({ outcome }) => outcome === "add" || outcome === "attribute").length;
  const path = `/campaigns/${campaignId}/import`;
  const isLong = rows.length > RUN_MAX;
  return (
    <Card title="Preview">
      <div class="import-before" data-import-before>
        <p class="quiet">Nothing has been imported yet.</p>
        <Results results={results} />
      </div>
      <form method="post" action={`${path}/run`} enctype="multipart/form-data" data-import>
        <input type="hidden" name="token" value={token} />
        <input type="hidden" name="rows" value={toLines(rows)} />
        <p class="hint">
          Each new participant counts as a signup today: webhooks are sent and rewards are earned
          {has_welcome
            ? ", and the campaign's welcome email is sent to each of them."
            : ". This campaign has no welcome email."}{" "}
          Participants beyond the plan's limit are pending.
        </p>
        {isLong && (
          <noscript>
            <p class="notice warn">
              More than {count(RUN_MAX)} rows are sent in parts, which requires JavaScript. Without it, split the file.
            </p>
          </noscript>
        )}
        <div data-import-progress hidden>
          <progress max={rows.length} value={0} aria-label="Rows sent" />
          <p role="status" data-import-said />
        </div>
        <div class="inline">
          {adding > 0 && (
            <button type="submit">
              Import {count(adding)} {adding === 1 ? "person" : "people"}
            </button>
          )}
          <button type="submit" class="button" formaction={`${path}/check`} data-import-check>
            Download the results
          </button>
          <a class="button" href={path}>
            Import another file
          </a>
        </div>
      </form>
      <div data-import-done hidden>
        <p class="inline">
          <a class="button" href="#main" data-import-file download="import-results.csv">
            Download the results
          </a>
          <a class="button" href={`/campaigns/${campaignId}/participants`}>
            Participants
          </a>
        </p>
      </div>
    </Card>
  );
};

/** The results, if the form was sent without the script. */
export const doneView = (
  campaignId: number,
  { token, rows, results }: { token: string; rows: string; results: Result[] },
) => (
  <Card title="Imported">
    <Results results={results} />
    <form method="post" action={`/campaigns/${campaignId}/import/run`} enctype="multipart/form-data">
      <input type="hidden" name="token" value={token} />
      <input type="hidden" name="as" value="csv" />
      <input type="hidden" name="rows" value={rows} />
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
