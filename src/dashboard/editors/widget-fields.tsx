import { wordsOf } from "../../campaigns/widget/widget";
import { widgetDefaults } from "../../campaigns/widget/widget-schema";
import { textsOf } from "../../texts/text";
import { channels } from "../../visitors/frames/channels";
import { Check, Input, Select, TextArea } from "../ui/field";
import { type Form, valueAt } from "../ui/form";
import { Colour, Group, PictureChoice } from "./editor";
import { ImageField } from "./image-upload";
import { looks, placements } from "./widget-sketches";
import { OwnTexts } from "./widget-text-fields";

type Props = { form: Form<unknown> };

const at = (form: Form<unknown>, name: keyof typeof widgetDefaults) =>
  String(valueAt(form.values, name) ?? widgetDefaults[name]);

const BACKGROUNDS = [
  ["color", "A colour"],
  ["image", "An image"],
  ["transparent", "Nothing: what is behind shows through"],
] as const;

const Place = ({ form }: Props) => (
  <Group title="Where it stands" open>
    <PictureChoice form={form} name="placement" label="On your site" at={at(form, "placement")} options={placements} />
    <Input
      form={form}
      name="popup_button_text"
      label="Button that opens it"
      placeholder={words(form).popup_button_text}
      hint="For popups, bubbles and bars."
    />
    <div class="row">
      <Colour form={form} name="popup_button_color" label="Its colour" otherwise={widgetDefaults.popup_button_color} />
      <Select
        form={form}
        name="popup_button_position"
        label="Its corner"
        options={[
          ["bottom-right", "Bottom right"],
          ["bottom-left", "Bottom left"],
        ]}
      />
    </div>
    <div class="row">
      <Input
        form={form}
        name="widget_width"
        label="Greatest width"
        type="number"
        min={120}
        max={4000}
        placeholder="fits its place"
      />
      <Input
        form={form}
        name="widget_height"
        label="Least height"
        type="number"
        min={80}
        max={4000}
        placeholder="fits its content"
      />
    </div>
  </Group>
);

const Look = ({ form }: Props) => (
  <Group title="Looks" open>
    <PictureChoice
      form={form}
      name="template_id"
      label="Template"
      at={at(form, "template_id")}
      options={looksWith(at(form, "template_id"))}
    />
    <div class="row">
      <Colour form={form} name="color" label="Brand colour" otherwise={widgetDefaults.color} />
      <Colour form={form} name="button_color" label="Button colour" otherwise={widgetDefaults.button_color} />
      <Colour form={form} name="text_color" label="Text colour" otherwise={widgetDefaults.text_color} />
    </div>
    <div class="row">
      <Colour form={form} name="header_font_color" label="Title colour" otherwise={widgetDefaults.header_font_color} />
      <Colour
        form={form}
        name="header_description_color"
        label="Colour below the title"
        otherwise={widgetDefaults.header_description_color}
      />
    </div>
    <Select form={form} name="header_background_type" label="Behind the title" options={BACKGROUNDS} />
    <ImageField form={form} name="banner_image_url" label="Banner" hint="Above the title, or behind it." />
    <ImageField form={form} name="left_image" label="Image beside the words" />
    <Select form={form} name="background_type" label="Behind the form" options={BACKGROUNDS} />
    <Colour
      form={form}
      name="background_color"
      label="Colour behind the form"
      otherwise={widgetDefaults.background_color}
    />
    <ImageField form={form} name="background_image" label="Image behind the form" />
  </Group>
);

/** A template of a number that the API took and the pictures lack stays what it is. */
const looksWith = (id: string) =>
  looks.some(([known]) => known === id) ? looks : [...looks, [id, `No. ${id}`, null] as const];

/** What is said where nothing is set, in the language that is. */
const words = (form: Form<unknown>) => wordsOf({}, textsOf(at(form, "language")));

const Words = ({ form }: Props) => {
  const otherwise = words(form);
  return (
    <Group title="Words" open>
      <p class="hint">
        What you leave empty is said as the grey words have it, in the visitor's language. A single space says nothing.
      </p>
      <TextArea form={form} name="header_title" label="Title" rows={2} placeholder={otherwise.header_title} />
      <TextArea form={form} name="description" label="Below the title" rows={3} placeholder={otherwise.description} />
      <TextArea form={form} name="body_text" label="Above the form" rows={2} placeholder={otherwise.body_text} />
      <div class="row">
        <Input form={form} name="field_label_1" label="Label of the name" placeholder={otherwise.field_label_1} />
        <Input form={form} name="field_label_2" label="Label of the address" placeholder={otherwise.field_label_2} />
      </div>
      <div class="row">
        <Input form={form} name="button_text" label="Button" placeholder={otherwise.button_text} />
        <Input form={form} name="join_button_text" label="Button to join" placeholder={otherwise.join_button_text} />
      </div>
      <TextArea
        form={form}
        name="success_message"
        label="Once somebody is in"
        rows={2}
        placeholder={otherwise.success_message}
      />
    </Group>
  );
};

const Sharing = ({ form }: Props) => {
  const allowed = valueAt(form.values, "socials_allowed");
  const ticked = new Set(Array.isArray(allowed) ? allowed.map(String) : []);
  return (
    <Group title="Sharing, numbers and time">
      <fieldset>
        <legend>Where people may share</legend>
        <p class="hint">None ticked: everywhere.</p>
        <input type="hidden" name="@lists" value="socials_allowed" />
        <div class="row">
          {channels.map(({ social_type, name }) => (
            <label class="check">
              <input
                type="checkbox"
                name="socials_allowed"
                value={String(social_type)}
                checked={ticked.has(String(social_type))}
              />
              <span>{name ?? "Mail"}</span>
            </label>
          ))}
        </div>
        {form.errors.socials_allowed && <p class="problem">{form.errors.socials_allowed}</p>}
      </fieldset>
      <Select
        form={form}
        name="leaderboard_on"
        label="Who is ahead"
        hint="Visitors see shortened names, as in Ada L."
        options={[
          ["", "Shown when the campaign is public"],
          ["true", "Shown"],
          ["false", "Not shown"],
        ]}
      />
      <Check form={form} name="stats_on" label="Show how many are in" hint="Running totals, from the numbers below." />
      <div class="row">
        <Input form={form} name="stats_start_participants" label="People from" type="number" min={0} placeholder="0" />
        <Input form={form} name="stats_start_shares" label="Shares from" type="number" min={0} placeholder="0" />
        <Input form={form} name="stats_start_clicks" label="Clicks from" type="number" min={0} placeholder="0" />
        <Input form={form} name="stats_start_impressions" label="Views from" type="number" min={0} placeholder="0" />
      </div>
      <Check form={form} name="allow_countdown" label="Show a countdown" />
      <Input form={form} name="countdown_end" label="It ends (UTC)" type="datetime-local" />
    </Group>
  );
};

/** Every setting of a widget's looks, under the API's own names. */
export const WidgetFields = ({ form }: Props) => (
  <>
    <Place form={form} />
    <Look form={form} />
    <Words form={form} />
    <Sharing form={form} />
    <OwnTexts form={form} />
  </>
);
