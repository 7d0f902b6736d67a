import type { Brand } from "../../campaigns/brands/brand-schema";
import { widgetDefaults } from "../../campaigns/widget/widget-schema";
import { shownDomain } from "../../lib/domain";
import { Color } from "../editors/editor-fields";
import { Input, Problems, Select } from "../ui/field";
import { type Form, valueAt } from "../ui/form";
import { ImageField } from "../ui/image-field";
import { Card } from "../ui/parts";
import { SaveBar } from "../ui/save-bar";

/** The fields shown in the preview. */
export const kitFields = ["name", "color", "button_color", "font_family", "logo_url"] as const;

const FONTS = [
  ["", "The visitor's system font"],
  ["Inter, system-ui, sans-serif", "Inter"],
  ["Helvetica Neue, Helvetica, Arial, sans-serif", "Helvetica"],
  ["Verdana, Geneva, sans-serif", "Verdana"],
  ["Trebuchet MS, Segoe UI, sans-serif", "Trebuchet"],
  ["Georgia, Times New Roman, serif", "Georgia"],
  ["ui-rounded, Nunito, system-ui, sans-serif", "Rounded"],
  ["ui-monospace, Menlo, Consolas, monospace", "Monospace"],
] as const;

const FORM = "kit";
const FRAME = "kit-preview";

/** Adds a choice for fonts set through the API, so saving keeps them. */
const fontsWith = (own: string) => (FONTS.some(([known]) => known === own) ? FONTS : [...FONTS, [own, own] as const]);

export const BrandKitForm = ({ form, brand }: { form: Form<unknown>; brand: Brand }) => (
  <div class="wizard-columns">
    <Card title="Brand kit">
      <p class="quiet">
        Set it once. The brand's widgets, launchers, landing pages, share images, and emails use it unless a campaign
        has its own style.
      </p>
      <form method="post" action={`/brands/${brand.id}/kit`} enctype="multipart/form-data" id={FORM}>
        <Problems form={form} />
        <Input
          form={form}
          name="name"
          label="Brand name"
          placeholder={shownDomain(brand.domain)}
          maxlength={60}
          hint="Shown to participants and their friends. Defaults to the domain."
        />
        <ImageField
          form={form}
          name="logo_url"
          label="Logo"
          hint="Shown at most 40 pixels high. Upload a file (SVG works too) to use it on share images and in every email app."
          isLogo
        />
        <div class="row">
          <Color form={form} name="color" label="Main color" otherwise={widgetDefaults.color} />
          <Color
            form={form}
            name="button_color"
            label="Button color"
            otherwise={String(valueAt(form.values, "color") || widgetDefaults.button_color)}
            hint="Defaults to the main color."
          />
        </div>
        <Select
          form={form}
          name="font_family"
          label="Font"
          options={fontsWith(String(valueAt(form.values, "font_family") ?? ""))}
          hint="Share images always use their own font."
        />
        <ImageField
          form={form}
          name="background_image"
          label="Background image"
          hint="Used by landing pages without their own background."
        />
        <SaveBar />
      </form>
    </Card>
    <section class="wizard-preview" aria-label="Preview">
      <div class="wizard-preview-head">
        <h2>Preview</h2>
        <button
          type="submit"
          class="button"
          form={FORM}
          formaction={`/brands/${brand.id}/kit/preview`}
          formtarget={FRAME}
          formnovalidate
          data-refresh
        >
          Refresh preview
        </button>
      </div>
      <iframe
        name={FRAME}
        title="Preview of the widget and an email"
        src={`/brands/${brand.id}/kit/preview`}
        sandbox=""
        data-preview={FORM}
        data-fields={kitFields.join(" ")}
      />
    </section>
  </div>
);
