import { inWords, UPLOAD_BYTES } from "../../lib/body-limit";
import { encodings, UNKNOWN } from "../../lib/files/encoding";
import type { rehearse } from "../../participants/imports/import";
import { type ImportFile, toLines } from "../../participants/imports/import-file";
import { mayBeMuted } from "../../participants/imports/import-left-out";
import { roleNames, roles } from "../../participants/imports/import-roles";
import { RUN_MAX } from "../../participants/imports/import-schema";
import { Check } from "../ui/field";
import { blank } from "../ui/form";
import { Card, count, Table } from "../ui/parts";
import type { ImportUpload } from "./import-upload";
import { Results } from "./import-view";

type Preview = {
  origin: string;
  upload: ImportUpload;
  file: ImportFile;
  rehearsed: Awaited<ReturnType<typeof rehearse>>;
};

/** The preview, and the form that runs the import. A script sends the form in parts and shows the progress. */
export const previewView = (campaignId: number, { origin, upload, file, rehearsed }: Preview) => {
  const path = `/campaigns/${campaignId}/import`;
  return (
    <>
      <div data-import-before>
        <Columns path={path} file={file} upload={upload} />
      </div>
      {upload.encoding === UNKNOWN ? (
        <Card title="Preview">
          <p class="notice warn">
            Choose the file's character encoding above, update the preview, and check the names.
          </p>
        </Card>
      ) : (
        <Run path={path} campaignId={campaignId} origin={origin} rehearsed={rehearsed} />
      )}
    </>
  );
};

const lineList = (lines: number[]) =>
  `${lines.length === 1 ? "line" : "lines"} ${lines.slice(0, 20).map(count).join(", ")}${lines.length > 20 ? ", …" : ""}`;

/** How each column is read. The choices can be changed. */
const Columns = ({ path, file, upload }: { path: string; file: ImportFile; upload: ImportUpload }) => {
  const { mute = false } = upload.choice;
  const ignored = file.columns.filter(({ role }) => role === null);
  return (
    <Card title="Columns">
      <form method="post" action={path} enctype="multipart/form-data">
        <input type="hidden" name="kept" value={upload.kept} />
        <Table label="Columns" columns={["Column", "First value", "Imported as"]}>
          {file.columns.map(({ name, sample, role }, n) => (
            <tr>
              <td>{name}</td>
              <td>{sample}</td>
              <td>
                <select name={`role.${n}`} aria-label={`Import ${name} as`}>
                  <option value="">Not imported</option>
                  {roleNames.map((each) => (
                    <option value={each} selected={each === role}>
                      {roles[each].label}
                    </option>
                  ))}
                </select>
              </td>
            </tr>
          ))}
        </Table>
        {upload.encoding !== null && (
          <div class="field">
            <label for="encoding">Character encoding</label>
            <select id="encoding" name="encoding" aria-describedby="encoding-hint">
              {upload.encoding === UNKNOWN && <option value={UNKNOWN}>Choose…</option>}
              {encodings.map(([encoding, label]) => (
                <option value={encoding} selected={encoding === upload.encoding}>
                  {label}
                </option>
              ))}
            </select>
            <p class="hint" id="encoding-hint">
              The file does not specify its character encoding. If names look wrong, choose another encoding.
            </p>
          </div>
        )}
        {file.columns.some(({ role }) => role === "date") && (
          <div class="field">
            <label for="dates">Dates like 3/5/2026</label>
            <select id="dates" name="dates">
              <option value="day" selected={file.dates === "day"}>
                Day first: May 3
              </option>
              <option value="month" selected={file.dates === "month"}>
                Month first: March 5
              </option>
            </select>
          </div>
        )}
        {file.isOrderOpen && (
          <p class="notice warn">The dates are ambiguous. Check whether the day or the month comes first.</p>
        )}
        {file.rows.some(([, , , , , , , , left]) => left === "muted" || mayBeMuted(left)) && (
          <div class="field">
            <label for="unwilling">People who did not agree to emails, unsubscribed, or bounced</label>
            <select id="unwilling" name="unwilling">
              <option value="leave_out">Leave out</option>
              <option value="mute" selected={mute}>
                Import, and never email them
              </option>
            </select>
          </div>
        )}
        {ignored.length > 0 && <p class="quiet">Not imported: {ignored.map(({ name }) => name).join(", ")}.</p>}
        {file.skipped.length > 1 && <p class="quiet">Not read as rows: {lineList(file.skipped)}.</p>}
        {file.mended.length > 0 && (
          <p class="quiet">A quotation mark is never closed: {lineList(file.mended)}. Check these rows.</p>
        )}
        <button type="submit" class="button">
          Update preview
        </button>
      </form>
    </Card>
  );
};

/** Reserves room for the form's other fields. */
const DOWNLOAD_BYTES = UPLOAD_BYTES - 100_000;

type RunView = { path: string; campaignId: number; origin: string; rehearsed: Preview["rehearsed"] };

const Run = ({ path, campaignId, origin, rehearsed: { results, rows, token, has_welcome } }: RunView) => {
  const lines = toLines(rows);
  const size = new TextEncoder().encode(lines).byteLength;
  const adding = results.filter(({ outcome }) => outcome === "add" || outcome === "attribute").length;
  const form = blank({ emails: false, webhooks: false });
  const holders = rows.filter((row) => row[9] !== "").length;
  return (
    <Card title="Preview">
      <div class="import-before" data-import-before>
        <p class="quiet">Nothing has been imported yet.</p>
        <Results results={results} />
        {holders > 0 && (
          <p class="quiet">
            {holders === 1 ? "One participant has a code" : `${count(holders)} participants have codes`} from another
            product. Their old links still count on pages with the widget, and as{" "}
            <code>
              {origin}/t/{campaignId}/CODE
            </code>
            .
          </p>
        )}
      </div>
      <form method="post" action={`${path}/run`} enctype="multipart/form-data" data-import>
        <input type="hidden" name="token" value={token} />
        <input type="hidden" name="rows" value={lines} />
        <div data-import-before>
          <p class="hint">
            Rewards are earned as with any signup. Nobody is notified unless you choose it below. Participants beyond
            the plan's limit are pending. If nobody is notified, you can undo the import later.
          </p>
          {has_welcome && <Check form={form} name="emails" label="Send the campaign's emails to them" />}
          <Check form={form} name="webhooks" label="Send webhooks" />
        </div>
        {rows.length > RUN_MAX && (
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
              Import {count(adding)} {adding === 1 ? "participant" : "participants"}
            </button>
          )}
          {size < DOWNLOAD_BYTES && (
            <button type="submit" class="button" formaction={`${path}/check`} data-import-check>
              Download the results
            </button>
          )}
          <a class="button" href={path}>
            Import another file
          </a>
        </div>
        {size >= DOWNLOAD_BYTES && (
          <p class="quiet" data-import-before>
            The results for this many rows are too large to download before the import (over {inWords(DOWNLOAD_BYTES)}).
            Import the file and download them afterwards, or split the file.
          </p>
        )}
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
