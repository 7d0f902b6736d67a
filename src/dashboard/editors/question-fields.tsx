import { Check, Input, Select, TextArea } from "../ui/field";
import { type Form, valueAt } from "../ui/form";
import { Group } from "./editor-fields";

const ROWS_MAX = 8;
const SPARE_ROWS = 1;

const TYPES = [
  ["", "Text"],
  ["phone", "Phone number"],
  ["select", "Choice from a list"],
  ["checkbox", "Checkbox"],
  ["consent", "Consent"],
] as const;

/** The form's questions besides name and email. */
export const Questions = ({ form }: { form: Form<unknown> }) => {
  const kept = Object.keys(Object(valueAt(form.values, "fields"))).length;
  const rows = Math.min(ROWS_MAX, kept + SPARE_ROWS);
  return (
    <Group title="Form fields">
      <p class="hint">
        Asked in addition to name and email. Answers appear in each participant's data, in webhooks, and in exports.
        Clear a label to remove its field; save to add another one.
      </p>
      {form.errors.fields && <p class="problem">{form.errors.fields}</p>}
      {Array.from({ length: rows }, (_, i) => (
        <fieldset>
          <legend>Field {i + 1}</legend>
          <div class="row">
            <Input form={form} name={`fields.${i}.label`} label="Label" maxlength={500} />
            <Select form={form} name={`fields.${i}.type`} label="Type" options={TYPES} />
            <Input form={form} name={`fields.${i}.key`} label="Key in metadata" placeholder="phone" maxlength={40} />
          </div>
          <Check form={form} name={`fields.${i}.required`} label="Required" />
          <div class="row">
            <TextArea form={form} name={`fields.${i}.options`} label="Options, one per line" rows={2} />
            <Input form={form} name={`fields.${i}.url`} label="Consent link" type="url" placeholder="https://" />
          </div>
        </fieldset>
      ))}
      <Input
        form={form}
        name="terms_url"
        label="Link to your terms"
        type="url"
        placeholder="https://"
        hint="Shown below the form's button."
      />
    </Group>
  );
};
