import type { Child } from "hono/jsx";
import { Input } from "../ui/field";
import type { Form } from "../ui/form";

export const Group = ({ title, open = false, children }: { title: string; open?: boolean; children: Child }) => (
  <details class="group" open={open}>
    <summary>
      <h2>{title}</h2>
    </summary>
    <div class="group-body">{children}</div>
  </details>
);

type InheritsProps = { name: string; label: string; kit: string; isFromKit: boolean };

/**
 * The hint of a field that uses the brand kit while it is empty: where its value comes from or, if the campaign has its
 * own value, how to go back. `kit` is the path of the kit.
 */
export const Inherits = ({ name, label, kit, isFromKit }: InheritsProps) => (
  <>
    {isFromKit && (
      <span class="when-inherited">
        From the <a href={kit}>brand kit</a>.
      </span>
    )}
    <span class="when-own">
      Only for this campaign. Clear it to use the {isFromKit ? "brand's" : "default"}.{" "}
      <button type="button" class="text-button" data-clear={name} hidden>
        Clear<span class="unseen"> {label}</span>
      </button>
    </span>
  </>
);

type ColorProps = { form: Form<unknown>; name: string; label: string; hint?: Child; otherwise: string };

/** A hex color field, to which a script adds a color picker. If empty, `otherwise` applies. */
export const Color = ({ otherwise, ...field }: ColorProps) => (
  <Input
    {...field}
    placeholder={otherwise}
    pattern="#[0-9a-fA-F]{6}"
    title="A color like #rrggbb"
    maxlength={7}
    autocomplete="off"
    spellcheck={false}
    data-color={otherwise}
  />
);

type CardsProps = {
  form: Form<unknown>;
  name: string;
  label: string;
  at: string;
  options: readonly (readonly [value: string, label: string, picture: Child])[];
};

export const PictureChoice = ({ form, name, label, at, options }: CardsProps) => (
  <fieldset class="pictures">
    <legend>{label}</legend>
    <div class="picture-row">
      {options.map(([value, said, picture]) => (
        <label>
          <input type="radio" name={name} value={value} checked={value === at} />
          {picture}
          <span>{said}</span>
        </label>
      ))}
    </div>
    {form.errors[name] && <p class="problem">{form.errors[name]}</p>}
  </fieldset>
);
