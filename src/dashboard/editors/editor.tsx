import type { Child } from "hono/jsx";
import { Icon } from "../../lib/icon";
import { Problems } from "../ui/field";
import type { Form } from "../ui/form";
import { Badge, Time } from "../ui/parts";

type Options = readonly (readonly [value: string, label: string])[];

type EditorProps = {
  /** The path of the editor's page. `/preview`, `/publish`, and `/revert` are under it. */
  path: string;
  form: Form<unknown>;
  draft: { date_changed: Date } | null;
  maySend: boolean;
  /** What the preview can show. The first one is the default. */
  looks?: Options;
  /** How to show it, such as HTML or text. The first one is the default. */
  forms?: Options;
  /** The width of a desktop preview, in pixels. */
  desktop?: number;
  button?: Child;
  /** More content below the form, with its own forms. */
  further?: Child;
  children: Child;
};

const FORM = "editor";
const FRAME = "preview";

/**
 * A settings form with a preview next to it. It can be saved as a draft or published. Without scripts, the preview
 * shows the saved draft.
 */
export const Editor = ({
  path,
  form,
  draft,
  maySend,
  looks = [],
  forms = [],
  desktop = 1080,
  button,
  further,
  children,
}: EditorProps) => (
  <div class="editor" data-editor>
    {maySend ? (
      <div class="editor-side">
        <form id={FORM} method="post" action={path} enctype="multipart/form-data">
          <div class="editor-bar">
            <Status draft={draft} />
            <div class="actions">
              <button type="button" class="button" data-undo hidden title="Undo" aria-label="Undo">
                <Icon of="undo" />
              </button>
              <button type="button" class="button" data-redo hidden title="Redo" aria-label="Redo">
                <Icon of="redo" />
              </button>
              <a class="button to-preview" href="#preview">
                Preview
              </a>
              <button type="submit" class="button" data-save>
                Save draft
              </button>
              {button}
              {draft && <Revert path={path} />}
              <button type="submit" formaction={`${path}/publish`}>
                Publish
              </button>
            </div>
          </div>
          <Problems form={form} />
          {children}
        </form>
        {further}
      </div>
    ) : (
      <div class="editor-side">
        <p class="notice warn">You can view this but not change it, because you are a viewer in this account.</p>
        <Status draft={draft} />
      </div>
    )}
    <Preview path={path} looks={looks} forms={forms} desktop={desktop} maySend={maySend} />
  </div>
);

const Revert = ({ path }: Pick<EditorProps, "path">) => (
  <details class="confirm" data-menu>
    <summary class="button danger">Revert to published</summary>
    <div class="card">
      <p>Discards the draft. Visitors keep seeing the published version.</p>
      <button type="submit" class="button danger solid" formaction={`${path}/revert`} formnovalidate>
        Yes, revert to published
      </button>
    </div>
  </details>
);

const Status = ({ draft }: Pick<EditorProps, "draft">) => (
  <p class="editor-status">
    {draft ? (
      <>
        <Badge tone="warn">Draft</Badge>{" "}
        <span class="quiet">
          <Time at={draft.date_changed} />
        </span>
      </>
    ) : (
      <Badge tone="good">Published</Badge>
    )}{" "}
    <span class="quiet" data-unsaved hidden>
      Not saved yet
    </span>
  </p>
);

const Preview = ({
  path,
  looks = [],
  forms = [],
  desktop,
  maySend,
}: Pick<EditorProps, "path" | "looks" | "forms" | "desktop" | "maySend">) => (
  <section class="editor-preview" id="preview" aria-label="Preview">
    <div class="preview-bar">
      {looks.length > 0 && (
        <Choices name="@look" label="View" options={looks} at={looks[0]?.[0] ?? ""} isOfForm={maySend} />
      )}
      {forms.length > 0 && (
        <Choices name="@as" label="Display" options={forms} at={forms[0]?.[0] ?? ""} isOfForm={maySend} />
      )}
      <Choices
        name="@width"
        label="Width"
        options={[
          ["wide", "Desktop"],
          ["phone", "Phone"],
        ]}
        at="wide"
        isOfForm={maySend}
      />
      {maySend && (
        <button
          type="submit"
          class="button"
          form={FORM}
          formaction={`${path}/preview`}
          formtarget={FRAME}
          formnovalidate
          data-preview={FRAME}
        >
          Update preview
        </button>
      )}
      {maySend && (
        <a class="button to-preview" href={`#${FORM}`}>
          Back to fields
        </a>
      )}
      {!maySend &&
        looks.map(([value, label]) => (
          <a class="button" href={`${path}/preview?look=${value}`} target={FRAME}>
            {label}
          </a>
        ))}
    </div>
    <div class="preview-stage" data-stage={String(desktop)}>
      <iframe name={FRAME} src={`${path}/preview`} title="Preview" sandbox="allow-same-origin" />
    </div>
  </section>
);

type ChoicesProps = {
  name: string;
  label: string;
  options: Options;
  at: string;
  isOfForm: boolean;
};

const Choices = ({ name, label, options, at, isOfForm }: ChoicesProps) =>
  (isOfForm || name === "@width") && (
    <fieldset class="choices">
      <legend class="unseen">{label}</legend>
      {options.map(([value, said]) => (
        <label>
          <input type="radio" name={name} value={value} checked={value === at} form={isOfForm ? FORM : undefined} />
          <span>{said}</span>
        </label>
      ))}
    </fieldset>
  );
