import type { Child, JSX } from "hono/jsx";
import { localMinute, timeIn } from "../../lib/time-zone";
import { type Form, valueAt } from "./form";
import { problemIn } from "./newer";
import { useZone } from "./zone";

type Common = {
  form: Form<unknown>;
  name: string;
  label: string;
  hint?: Child;
  /** The wording of its values. */
  said?: ((value: unknown) => string) | undefined;
};
type More<E extends "input" | "textarea" | "select"> = Omit<JSX.IntrinsicElements[E], keyof Common>;

const text = (value: unknown) => (value === null || value === undefined ? "" : String(value));
const idOf = (name: string) => `field-${name.replaceAll(".", "-")}`;

/** A field's hint and error. `tied` refers to them by ID. */
const Below = ({ form, name, hint, said }: Omit<Common, "label">) => (
  <>
    {hint && (
      <p class="hint" id={`${idOf(name)}-hint`}>
        {hint}
      </p>
    )}
    {form.errors[name] && (
      <p class="problem" id={`${idOf(name)}-problem`}>
        {problemIn(form, name, said)}
      </p>
    )}
  </>
);

/** A label, the field, its hint, and its error, linked for screen readers. */
const Framed = ({ form, name, label, hint, said, children }: Common & { children: Child }) => (
  <div class="field">
    <label for={idOf(name)}>{label}</label>
    {children}
    <Below form={form} name={name} hint={hint} said={said} />
  </div>
);

const tied = ({ form, name, hint }: Pick<Common, "form" | "name" | "hint">) => ({
  id: idOf(name),
  name,
  "aria-describedby":
    [hint && `${idOf(name)}-hint`, form.errors[name] && `${idOf(name)}-problem`].filter(Boolean).join(" ") || undefined,
  "aria-invalid": form.errors[name] ? "true" : undefined,
});

/** Browsers reject email addresses in other scripts in fields of type "email". */
const EMAIL = { type: "text", inputmode: "email", autocapitalize: "none", spellcheck: false } as const;

export const Input = ({ type = "text", ...field }: Common & More<"input">) =>
  type === "datetime-local" || type === "date" ? (
    <TimeInput type={type} {...field} />
  ) : (
    <PlainInput type={type} {...field} />
  );

const MOMENT = /^\d{4}-.*Z$/;

/** A time in the reader's time zone, which the label names. */
const TimeInput = ({ form, name, label, type, ...more }: Common & More<"input">) => {
  const zone = useZone();
  const value = text(valueAt(form.values, name));
  const shown = MOMENT.test(value) && !Number.isNaN(Date.parse(value)) ? new Date(value) : null;
  const local = shown ? localMinute(shown, zone) : value;
  return (
    <>
      <input type="hidden" name="@times" value={[name, zone, shown?.toISOString()].filter(Boolean).join(" ")} />
      <PlainInput
        form={form}
        name={name}
        label={`${label} (${zone})`}
        type={type}
        value={type === "date" ? local.slice(0, 10) : local}
        said={(newer) => (newer ? timeIn(new Date(String(newer)), zone) : "")}
        {...more}
      />
    </>
  );
};

const PlainInput = ({ form, name, label, hint, said, type, ...more }: Common & More<"input">) => (
  <Framed form={form} name={name} label={label} hint={hint} said={said}>
    <input
      {...tied({ form, name, hint })}
      {...(type === "email" ? EMAIL : { type })}
      value={type === "password" ? undefined : text(valueAt(form.values, name))}
      {...more}
    />
  </Framed>
);

export const TextArea = ({ form, name, label, hint, said, rows = 4, ...more }: Common & More<"textarea">) => (
  <Framed form={form} name={name} label={label} hint={hint} said={said}>
    <textarea {...tied({ form, name, hint })} rows={rows} {...more}>
      {text(valueAt(form.values, name))}
    </textarea>
  </Framed>
);

type Options = readonly (readonly [value: string | number, label: string])[];

/** The label of a choice. */
export const labelOf = (options: Options, chosen: unknown) =>
  options.find(([value]) => String(value) === text(chosen))?.[1] ?? text(chosen);

export const Select = ({
  form,
  name,
  label,
  hint,
  options,
  ...more
}: Common & { options: Options } & More<"select">) => (
  <Framed form={form} name={name} label={label} hint={hint} said={(value) => labelOf(options, value)}>
    <select {...tied({ form, name, hint })} {...more}>
      {options.map(([value, said]) => (
        <option value={String(value)} selected={text(valueAt(form.values, name)) === String(value)}>
          {said}
        </option>
      ))}
    </select>
  </Framed>
);

export const Check = ({ form, name, label, hint, ...more }: Common & More<"input">) => (
  <div class="check">
    <input type="hidden" name="@flags" value={name} />
    <input
      {...tied({ form, name, hint })}
      type="checkbox"
      value="on"
      checked={valueAt(form.values, name) === true}
      {...more}
    />
    <div>
      <label for={idOf(name)}>{label}</label>
      <Below form={form} name={name} hint={hint} said={(value) => (value === true ? "on" : "off")} />
    </div>
  </div>
);

/** The fingerprints that a form of stored values sends back. */
export const Seen = ({ form: { seen } }: { form: Form<unknown> }) =>
  seen === undefined ? null : <input type="hidden" name="@seen" value={seen} />;

/** The form's general error, above its fields, and its fingerprints. */
export const Problems = ({ form }: { form: Form<unknown> }) => (
  <>
    <Seen form={form} />
    {Object.keys(form.errors).length > 0 && (
      <div class="notice bad" role="alert">
        {form.errors[""] ?? "Check the highlighted fields."}
      </div>
    )}
  </>
);

/** The error of a list's form, whose checkboxes cannot show it. */
export const Refusal = ({ form }: { form: Form<unknown> }) => {
  const [problem] = Object.values(form.errors);
  return problem === undefined ? null : (
    <p class="notice bad" role="alert">
      {problem}
    </p>
  );
};
