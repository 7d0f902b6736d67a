import { type Form, valueAt } from "../ui/form";
import { previewFields } from "./wizard-preview";

const NAME = "preview";
const SHOWN = [
  ["join", "Before joining"],
  ["share", "With a reward"],
] as const;

/**
 * A preview of the widget next to the form with the ID `of`. A script keeps it up to date; without scripts there is a
 * button.
 */
export const Preview = ({ form, of, show }: { form: Form<unknown>; of: string; show: (typeof SHOWN)[number][0] }) => {
  const values = previewFields.flatMap((name): [string, string][] => {
    const value = name === "show" ? show : valueAt(form.values, name);
    return value === null || value === undefined ? [] : [[name, String(value)]];
  });
  return (
    <section class="wizard-preview" aria-label="Preview">
      <div class="wizard-preview-head">
        <fieldset class="wizard-switch">
          <legend>Preview</legend>
          {SHOWN.map(([value, label]) => (
            <label>
              <input type="radio" name="show" value={value} form={of} checked={value === show} />
              <span>{label}</span>
            </label>
          ))}
        </fieldset>
        <button
          type="submit"
          class="button"
          form={of}
          formaction="/campaigns/preview"
          formtarget={NAME}
          formnovalidate
          data-refresh
        >
          Refresh preview
        </button>
      </div>
      <iframe
        name={NAME}
        title="Preview of the widget"
        src={`/campaigns/preview?${new URLSearchParams(values)}`}
        sandbox=""
        data-preview={of}
        data-fields={previewFields.join(" ")}
      />
    </section>
  );
};
