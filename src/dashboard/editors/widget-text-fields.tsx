import { en } from "../../texts/en/en";
import { languages } from "../../texts/languages";
import { AUTO, textsOf } from "../../texts/text";
import { Input } from "../ui/field";
import { type Form, valueAt } from "../ui/form";
import { Group } from "./editor-fields";

/** Texts that have their own field elsewhere in the editor. */
const ELSEWHERE = new Set(
  "header_title description body_text name email join join_button success_message popup_button language".split(" "),
);
const NAMES = Object.keys(en).filter((name) => !ELSEWHERE.has(name));
const isOfMails = (name: string) => name.startsWith("mail_");

/** Turns `how_earn_text` into "How earn text". */
const said = (name: string) => {
  const words = name.replace(/^mail_/, "").replaceAll("_", " ");
  return words.charAt(0).toUpperCase() + words.slice(1);
};

/** The widget's language and its remaining texts, each with its default. */
export const OwnTexts = ({ form }: { form: Form<unknown> }) => {
  const language = String(valueAt(form.values, "language") ?? "en");
  const otherwise: Record<string, string> = textsOf(language);
  const own = Object.keys(Object(valueAt(form.values, "texts")));
  const names = new Set([...NAMES, ...own]);
  const field = (name: string) => (
    <Input form={form} name={`texts.${name}`} label={said(name)} placeholder={otherwise[name] ?? ""} maxlength={1000} />
  );
  return (
    <Group title="Language and other text">
      <Input
        form={form}
        name="language"
        label="Language"
        hint="auto uses each visitor's own language. Choose a language from the list, or enter another language tag and write its texts below."
        list="languages"
        maxlength={35}
      />
      <datalist id="languages">
        {[AUTO, ...Object.keys(languages)].map((tag) => (
          <option value={tag} />
        ))}
      </datalist>
      <p class="hint">You can change up to 100 of these. Text in braces is replaced.</p>
      <details>
        <summary>Widget and pages</summary>
        <div class="group-body">{[...names].filter((name) => !isOfMails(name)).map(field)}</div>
      </details>
      <details>
        <summary>Emails</summary>
        <div class="group-body">{[...names].filter(isOfMails).map(field)}</div>
      </details>
      {form.errors.texts && <p class="problem">{form.errors.texts}</p>}
    </Group>
  );
};
