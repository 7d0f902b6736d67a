import { dayIn, UTC } from "../../lib/time-zone";
import type { Uploaded } from "../../participants/coupons/coupon";
import { Badge, Card, count, Stat, Stats } from "../ui/parts";
import type { CodePreview, LeftOut } from "./code-upload";
import { couponsPath } from "./coupons-path";

const codesIn = (n: number) => `${count(n)} ${n === 1 ? "code" : "codes"}`;

/** The line numbers, and how many more there are. */
const lineList = (lines: number[], total: number) =>
  `${lines.length === 1 ? "line" : "lines"} ${lines.map(count).join(", ")}${
    total > lines.length ? `, and ${count(total - lines.length)} more` : ""
  }`;

const WHY_INVALID =
  "they are empty, longer than 100 characters, contain unreadable or unprintable characters, or were changed by a spreadsheet, like 4.00639E+12";

type Left = { left: LeftOut } & Pick<CodePreview, "invalid" | "undated" | "over">;

/** Why codes were left out, and on which lines. */
const LeftOutLines = ({ left, invalid, undated, over }: Left) => (
  <>
    {invalid > undated && (
      <p>
        Invalid, because {WHY_INVALID}: {lineList(left.invalid, invalid - undated)}.
      </p>
    )}
    {undated > 0 && (
      <p>Not added, because valid_until is not a date like 2027-03-03: {lineList(left.undated, undated)}.</p>
    )}
    {over > 0 && <p class="quiet">Expired, left out: {lineList(left.over, over)}.</p>}
  </>
);

/** An upload's contents, with a choice of the code column. Nothing is stored yet. */
export const previewView = (campaignId: number, preview: CodePreview) => {
  const { upload, file, first, total, duplicates, invalid, undated, over, left } = preview;
  const path = couponsPath(campaignId);
  return (
    <Card title="Check the codes">
      <p class="quiet">Nothing has been added yet.</p>
      <form method="post" action={`${path}/upload`} enctype="multipart/form-data" data-upload="Storing the codes…">
        <input type="hidden" name="text" value={upload.text} />
        <input type="hidden" name="as" value={upload.as} />
        <input type="hidden" name="name" value={upload.name ?? ""} />
        <input type="hidden" name="valid_until" value={upload.valid_until ?? ""} />
        {file.columns.length > 1 && (
          <div class="filters">
            <div class="field">
              <label for="column">Column with the codes</label>
              <select id="column" name="column">
                {file.columns.map((name, n) => (
                  <option value={String(n)} selected={n === file.column}>
                    {name}
                  </option>
                ))}
              </select>
            </div>
            <button type="submit" class="button" formaction={path}>
              Use this column
            </button>
          </div>
        )}
        {file.used.length > 0 && (
          <div class="filters">
            <div class="field">
              <label for="used">
                Used, given away, or expired according to {file.usedColumns.map((name) => `“${name}”`).join(" and ")}
              </label>
              <select id="used" name="used">
                <option value="leave_out">Leave out</option>
                <option value="take" selected={upload.used === "take"}>
                  Add anyway
                </option>
              </select>
            </div>
            <button type="submit" class="button" formaction={path}>
              Update
            </button>
          </div>
        )}
        <ul class="import-counts">
          <li>
            <strong>{count(total)}</strong>{" "}
            <Badge tone={total > 0 ? "good" : "bad"}>{total === 1 ? "code" : "codes"}</Badge>
          </li>
          {file.used.length > 0 && (
            <li>
              <strong>{count(file.used.length)}</strong>{" "}
              <Badge>{upload.used === "take" ? "used before" : "used before, left out"}</Badge>
            </li>
          )}
          {duplicates > 0 && (
            <li>
              <strong>{count(duplicates)}</strong>{" "}
              <Badge>{duplicates === 1 ? "duplicate" : "duplicates"}, skipped</Badge>
            </li>
          )}
          {over > 0 && (
            <li>
              <strong>{count(over)}</strong> <Badge>expired, left out</Badge>
            </li>
          )}
          {invalid > 0 && (
            <li>
              <strong>{count(invalid)}</strong> <Badge tone="bad">invalid</Badge>
            </li>
          )}
        </ul>
        {first.length > 0 && (
          <>
            <p>{total > first.length ? `The first ${first.length}:` : "All of them:"}</p>
            <ol class="code-list">
              {first.map(({ code, last_day }) => (
                <li>
                  <code>{code}</code>
                  {last_day && <span class="quiet"> valid until {dayIn(new Date(last_day), UTC)}</span>}
                </li>
              ))}
            </ol>
          </>
        )}
        {file.skipped.length > 0 && (
          <p class="quiet">Not read as codes: {lineList(file.skipped, file.skipped.length)}, the header or totals.</p>
        )}
        {file.used.length > 0 && upload.used !== "take" && (
          <p class="quiet">Left out: {lineList(file.used.slice(0, 20), file.used.length)}.</p>
        )}
        {file.mended.length > 0 && (
          <p class="quiet">
            A quotation mark is never closed: {lineList(file.mended.slice(0, 20), file.mended.length)}. Check these
            codes.
          </p>
        )}
        <LeftOutLines left={left} invalid={invalid} undated={undated} over={over} />
        <p class="hint" data-upload-said role="status" hidden />
        <progress data-upload-progress max={1} value={0} aria-label="Upload" hidden />
        <div class="inline">
          {total > 0 && <button type="submit">Add {codesIn(total)}</button>}
          <a class="button" href={path}>
            Cancel
          </a>
        </div>
      </form>
    </Card>
  );
};

/** The result of an upload. `used` is how many codes the list marked as used. */
export const uploadedView = (campaignId: number, result: Uploaded & { used: number }, left: LeftOut) => (
  <>
    <Card title="Your upload">
      <Stats>
        <Stat label="Added" value={result.added} />
        <Stat label="Duplicates" value={result.duplicates} />
        {result.prolonged > 0 && <Stat label="Last day changed" value={result.prolonged} />}
        {result.used > 0 && <Stat label="Used before, left out" value={result.used} />}
        {result.over > 0 && <Stat label="Expired, left out" value={result.over} />}
        <Stat label="Invalid lines" value={result.invalid} />
        <Stat label="Pending rewards fulfilled" value={result.filled} />
      </Stats>
      {result.duplicates > 0 && (
        <p class="quiet">
          Duplicates appear twice or already exist in the campaign. They were skipped
          {result.prolonged > 0 && <>; unused ones got this upload's last day</>}.
        </p>
      )}
      <LeftOutLines left={left} {...result} />
    </Card>
    <p class="actions">
      <a class="button main" href={couponsPath(campaignId)}>
        View codes
      </a>
    </p>
  </>
);
