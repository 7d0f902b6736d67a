import { CODES_MAX } from "../../participants/coupons/coupon-schema";
import { Problems } from "../ui/field";
import type { Form } from "../ui/form";
import { Card, Confirm, count, Table, Time } from "../ui/parts";
import type { CouponStock } from "./coupon-stock";
import { couponsPath } from "./coupons-path";

export const Upload = ({ campaignId, form, zone }: { campaignId: number; form: Form<unknown>; zone: string }) => {
  const problem = form.errors.codes;
  return (
    <Card title="Add codes">
      <form
        method="post"
        action={couponsPath(campaignId)}
        enctype="multipart/form-data"
        data-upload="Reading the codes…"
        data-upload-max={String(CODES_MAX)}
      >
        <Problems form={form} />
        <div class="row">
          <div class="field">
            <label for="codes">Paste codes</label>
            <textarea
              id="codes"
              name="codes"
              rows={5}
              spellcheck={false}
              placeholder={"SAVE-1\nSAVE-2"}
              aria-describedby={problem && "codes-problem"}
              aria-invalid={problem ? "true" : undefined}
            >
              {String(form.values.codes ?? "")}
            </textarea>
            {problem && (
              <p class="problem" id="codes-problem">
                {problem}
              </p>
            )}
          </div>
          <div class="field">
            <label for="file">Or choose a file</label>
            <input
              id="file"
              name="file"
              type="file"
              accept=".csv,.txt,text/csv,text/plain"
              aria-describedby="file-hint"
            />
            <p class="hint" id="file-hint">
              A text file or a CSV, up to {count(CODES_MAX)} codes. You can check the codes before they are added.
              Existing codes are skipped, so you can upload a file again.
            </p>
          </div>
        </div>
        <LastDayField form={form} zone={zone} />
        <p class="hint" data-upload-said role="status" hidden />
        <progress data-upload-progress max={1} value={0} aria-label="Upload" hidden />
        <button type="submit">Preview codes</button>
      </form>
    </Card>
  );
};

const LastDayField = ({ form, zone }: { form: Form<unknown>; zone: string }) => {
  const problem = form.errors.valid_until;
  return (
    <div class="field">
      <label for="valid-until">Valid until (optional)</label>
      <input
        id="valid-until"
        name="valid_until"
        type="date"
        value={String(form.values.valid_until ?? "")}
        aria-describedby={problem ? "valid-until-hint valid-until-problem" : "valid-until-hint"}
        aria-invalid={problem ? "true" : undefined}
      />
      <p class="hint" id="valid-until-hint">
        The last day the codes work, in {zone}. Codes are never given after that day. In a CSV file, a column named
        valid_until can contain each code's last day.
      </p>
      {problem && (
        <p class="problem" id="valid-until-problem">
          {problem}
        </p>
      )}
    </div>
  );
};

/** Uploads that can be reverted: this deletes their codes that were not given. */
export const Uploads = ({ stock: { head, uploads } }: { stock: CouponStock }) =>
  uploads.length === 0 ? null : (
    <Card title="Uploads">
      <Table label="Uploads" columns={["Upload", "When", { number: "Codes" }, ""]}>
        {uploads.map(({ id, name, added, date_added }) => (
          <tr>
            <td>{name ?? "Pasted, or sent by the API"}</td>
            <td>
              <Time at={date_added} />
            </td>
            <td class="number">{count(added)}</td>
            <td>
              <Confirm
                action={`${couponsPath(head.id)}/uploads/${id}/deletion`}
                button="Take back"
                question="Deletes this upload's unused codes. Codes already given stay."
              />
            </td>
          </tr>
        ))}
      </Table>
    </Card>
  );
