import type { Inherited } from "../../campaigns/brand-kit";
import { wordsOf } from "../../campaigns/widget/widget";
import { type Widget, widgetDefaults } from "../../campaigns/widget/widget-schema";
import { textsOf } from "../../texts/text";
import { Input, Select, TextArea } from "../ui/field";
import { type Form, valueAt } from "../ui/form";
import { ImageField } from "../ui/image-field";
import { Color, Group, Inherits, PictureChoice } from "./editor-fields";
import { Questions } from "./question-fields";
import { Sharing } from "./widget-sharing-fields";
import { looks, placements } from "./widget-sketches";
import { OwnTexts } from "./widget-text-fields";

type Props = { form: Form<unknown> };
/** `unset` is the widget without its own settings: the brand kit and our defaults. */
type StyleProps = Props & { unset: Widget; kit: Kit };
/** The brand kit: its page's path, and whether it has a value for a widget setting. */
export type Kit = { path: string; has: (name: Inherited) => boolean };

const at = (form: Form<unknown>, name: keyof typeof widgetDefaults) =>
  String(valueAt(form.values, name) ?? widgetDefaults[name]);

const BACKGROUNDS = [
  ["color", "A color"],
  ["image", "An image"],
  ["transparent", "Transparent"],
] as const;

type FromKitProps = Omit<StyleProps, "unset"> & { name: Inherited; label: string };

const FromKit = ({ kit, name, label }: Omit<FromKitProps, "form">) => (
  <Inherits name={name} label={label} kit={kit.path} isFromKit={kit.has(name)} />
);

const KitColor = ({ form, unset, kit, name, label }: FromKitProps & Pick<StyleProps, "unset">) => (
  <Color
    form={form}
    name={name}
    label={label}
    otherwise={unset[name]}
    hint={<FromKit kit={kit} name={name} label={label} />}
  />
);

const Place = ({ form, unset, kit }: StyleProps) => (
  <Group title="Placement" open>
    <PictureChoice form={form} name="placement" label="On your site" at={at(form, "placement")} options={placements} />
    <div class="part when-launcher">
      <Input
        form={form}
        name="popup_button_text"
        label="Launcher button"
        placeholder={words(form).popup_button_text}
        hint="For popups, floating buttons, and top bars."
      />
      <div class="row">
        <KitColor form={form} unset={unset} kit={kit} name="popup_button_color" label="Button color" />
        <Select
          form={form}
          name="popup_button_position"
          label="Button position"
          options={[
            ["bottom-right", "Bottom right"],
            ["bottom-left", "Bottom left"],
          ]}
        />
        <Input
          form={form}
          name="popup_button_offset"
          label="Space below (px)"
          type="number"
          min={0}
          max={400}
          placeholder={String(widgetDefaults.popup_button_offset)}
        />
      </div>
    </div>
    <div class="row">
      <Input form={form} name="widget_width" label="Max width" type="number" min={120} max={4000} placeholder="auto" />
      <Input form={form} name="widget_height" label="Min height" type="number" min={80} max={4000} placeholder="auto" />
    </div>
  </Group>
);

const Look = ({ form, unset, kit }: StyleProps) => (
  <Group title="Style" open>
    <PictureChoice
      form={form}
      name="template_id"
      label="Template"
      at={at(form, "template_id")}
      options={looksWith(at(form, "template_id"))}
    />
    {!(["color", "button_color", "font_family"] as const).some(kit.has) && (
      <p class="hint">
        Set colors and fonts for all campaigns in the <a href={kit.path}>brand kit</a>.
      </p>
    )}
    <div class="row">
      <KitColor form={form} unset={unset} kit={kit} name="color" label="Brand color" />
      <KitColor form={form} unset={unset} kit={kit} name="button_color" label="Button color" />
      <Color form={form} name="text_color" label="Text color" otherwise={unset.text_color} />
    </div>
    <div class="row">
      <Color form={form} name="header_font_color" label="Title color" otherwise={unset.header_font_color} />
      <Color
        form={form}
        name="header_description_color"
        label="Subtitle color"
        otherwise={unset.header_description_color}
      />
    </div>
    <Input
      form={form}
      name="font_family"
      label="Fonts"
      placeholder={unset.font_family}
      hint={
        <>
          Font names, in order of preference. <FromKit kit={kit} name="font_family" label="Fonts" />
        </>
      }
    />
    <Select form={form} name="header_background_type" label="Header background" options={BACKGROUNDS} />
    <ImageField form={form} name="banner_image_url" label="Banner" hint="Above or behind the title." />
    <ImageField form={form} name="left_image" label="Side image" />
    <Select form={form} name="background_type" label="Form background" options={BACKGROUNDS} />
    <div class="when-form-color">
      <Color form={form} name="background_color" label="Form background color" otherwise={unset.background_color} />
    </div>
    <div class="when-form-image">
      <ImageField form={form} name="background_image" label="Form background image" />
    </div>
  </Group>
);

/** Adds a choice for a template set through the API that has no picture, so saving keeps it. */
const looksWith = (id: string) =>
  looks.some(([known]) => known === id) ? looks : [...looks, [id, `No. ${id}`, null] as const];

/** The default texts, in the selected language. */
const words = (form: Form<unknown>) => wordsOf({}, textsOf(at(form, "language")));

const Words = ({ form }: Props) => {
  const otherwise = words(form);
  return (
    <Group title="Text" open>
      <p class="hint">Leave empty for the default text, translated for each visitor. Type a space to hide it.</p>
      <TextArea form={form} name="header_title" label="Title" rows={2} placeholder={otherwise.header_title} />
      <TextArea form={form} name="description" label="Subtitle" rows={3} placeholder={otherwise.description} />
      <TextArea form={form} name="body_text" label="Text above the form" rows={2} placeholder={otherwise.body_text} />
      <div class="row">
        <Input form={form} name="field_label_1" label="Name label" placeholder={otherwise.field_label_1} />
        <Input form={form} name="field_label_2" label="Email label" placeholder={otherwise.field_label_2} />
      </div>
      <div class="row">
        <Input form={form} name="button_text" label="Button" placeholder={otherwise.button_text} />
        <Input form={form} name="join_button_text" label="Join button" placeholder={otherwise.join_button_text} />
      </div>
      <TextArea
        form={form}
        name="success_message"
        label="After joining"
        rows={2}
        placeholder={otherwise.success_message}
      />
    </Group>
  );
};

export const WidgetFields = ({ form, unset, kit }: StyleProps) => (
  <>
    <Place form={form} unset={unset} kit={kit} />
    <Look form={form} unset={unset} kit={kit} />
    <Words form={form} />
    <Questions form={form} />
    <Sharing form={form} />
    <OwnTexts form={form} />
  </>
);
