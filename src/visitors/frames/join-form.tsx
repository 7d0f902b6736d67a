import type { wordsOf } from "../../campaigns/widget/widget";
import { Rich } from "../../lib/html";
import { plainText } from "../../lib/richtext";
import { RewardCard } from "./ladder";
import type { PanelProps, PanelState } from "./panel";
import { Question } from "./question";

/** By field name. */
export type FormValues = Record<string, string>;

type FormProps = PanelProps & { words: ReturnType<typeof wordsOf>; state: PanelState; level: number };

/** The signup form, with the visitor's values and an error next to each invalid field. */
export function FormStep({ config, texts, language, words, action, referral, state, trap }: FormProps) {
  const { values, errors = {} } = state.step === "form" ? state : {};
  const id = (field: string) => `panel-${config.campaign_id}-${field}`;
  const field = (name: string, label: string, attributes: Record<string, string | boolean>) => (
    <div class="panel-field">
      <label for={id(name)}>{plainText(label)}</label>
      <input
        id={id(name)}
        name={name}
        value={values?.[name]}
        aria-invalid={errors[name] ? "true" : undefined}
        aria-describedby={id(`${name}-error`)}
        {...attributes}
      />
      <p class="panel-error" id={id(`${name}-error`)} data-error={name}>
        {errors[name]}
      </p>
    </div>
  );
  return (
    <form
      class="panel-step panel-form"
      data-step-of="form"
      method="post"
      action={action}
      hidden={state.step !== "form"}
    >
      <RewardCard config={config} texts={texts} language={language} />
      <div class="panel-text">
        <Rich text={words.body_text} />
      </div>
      {field("name", words.field_label_1, { type: "text", autocomplete: "name", maxlength: "200" })}
      {field("email", words.field_label_2, {
        // Browsers reject email addresses in other scripts in fields of type "email".
        type: "text",
        dir: "ltr",
        autocomplete: "email",
        inputmode: "email",
        maxlength: "254",
        required: true,
        spellcheck: "false",
        autocapitalize: "none",
      })}
      {config.widget.fields.map((question) => (
        <Question question={question} texts={texts} id={id(question.key)} values={values} errors={errors} />
      ))}
      <input type="hidden" name="ref" value={referral ?? ""} />
      {trap}
      <p class="panel-error" role="alert" data-error="form">
        {errors.form}
      </p>
      <button class="panel-button" type="submit">
        <span>{plainText(words.button_text)}</span>
      </button>
      {config.widget.terms_url && (
        <p class="panel-foot">
          <a href={config.widget.terms_url} target="_blank" rel="noopener noreferrer">
            {texts.terms}
          </a>
        </p>
      )}
    </form>
  );
}
