import type { FormField } from "../../campaigns/form-field";
import type { Texts } from "../../texts/text";
import type { FormValues } from "./join-form";

type QuestionProps = {
  question: FormField;
  texts: Texts;
  id: string;
  values: FormValues | undefined;
  errors: Partial<Record<string, string>>;
};

/** The name prefix of the form's own questions. */
export const ANSWER = "answers.";

/** One of the campaign's own questions, with the visitor's answer and its error. */
export function Question({ question, texts, id, values, errors }: QuestionProps) {
  const { key, type, label, required, options, url } = question;
  const name = ANSWER + key;
  const error = errors[name];
  const shared = {
    id,
    name,
    required,
    "aria-invalid": error ? ("true" as const) : undefined,
    "aria-describedby": `${id}-error`,
  };
  const below = (
    <p class="panel-error" id={`${id}-error`} data-error={name}>
      {error}
    </p>
  );
  if (type === "checkbox" || type === "consent")
    return (
      <div class="panel-field">
        <div class="panel-check">
          <input type="checkbox" value="on" checked={values?.[name] === "on"} {...shared} />
          <label for={id}>
            {label}
            {url && (
              <>
                {" "}
                <a href={url} target="_blank" rel="noopener noreferrer">
                  {texts.terms}
                </a>
              </>
            )}
          </label>
        </div>
        {below}
      </div>
    );
  return (
    <div class="panel-field">
      <label for={id}>{label}</label>
      {type === "select" ? (
        <select {...shared}>
          <option value="">{texts.choose}</option>
          {options.map((option) => (
            <option value={option} selected={values?.[name] === option}>
              {option}
            </option>
          ))}
        </select>
      ) : (
        <input
          type={type === "phone" ? "tel" : "text"}
          autocomplete={type === "phone" ? "tel" : "off"}
          dir={type === "phone" ? "ltr" : "auto"}
          maxlength={200}
          value={values?.[name]}
          {...shared}
        />
      )}
      {below}
    </div>
  );
}
