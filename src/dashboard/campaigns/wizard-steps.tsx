import { RewardSettingsChange } from "../../campaigns/reward/reward-settings-schema";
import { shownDomain } from "../../lib/domain";
import { looks } from "../../visitors/frames/palette";
import { Input, Select, TextArea } from "../ui/field";
import { type Form, valueAt } from "../ui/form";
import { RewardFields } from "../ui/reward-form";
import type { WizardFacts } from "./wizard";
import { templateNames, templates } from "./wizard-templates";

type Shown = { form: Form<unknown>; facts: WizardFacts };

const rewardFields = Object.keys(RewardSettingsChange.omit({ reward_type: true }).shape).map(
  (name) => `reward.${name}`,
);

/** The fields of each step. The other steps' fields are carried along. */
export const stepFields: readonly string[][] = [
  ["template", "brand_id", "url"],
  [
    "goal_type",
    "num_signups",
    "num_visits",
    "reward_type",
    "reward_invited",
    ...rewardFields,
    "coupons",
    "contest.end_date",
    "contest.max_winners",
  ],
  [
    "widget.header_title",
    "widget.description",
    "widget.button_text",
    "widget.success_message",
    "widget.color",
    "widget.button_color",
    "widget.template_id",
  ],
  ["name", "publish"],
];

export const stepTitles = ["Type", "Goal and reward", "Text and style", "Go live"] as const;

const Kind = ({ form, facts }: Shown) => (
  <>
    <fieldset class="wizard-kinds">
      <legend>What would you like to run?</legend>
      {templateNames.map((name) => (
        <label class="wizard-kind">
          <input type="radio" name="template" value={name} checked={valueAt(form.values, "template") === name} />
          <span>
            <b>{templates[name].title}</b>
            <span class="quiet">{templates[name].about}</span>
          </span>
        </label>
      ))}
    </fieldset>
    {facts.brands.length > 0 && (
      <Select
        form={form}
        name="brand_id"
        label="Brand"
        options={[
          ...facts.brands.map(({ id, name }) => [id, shownDomain(name)] as const),
          ...(facts.mayAddBrand ? [["", "Another website…"] as const] : []),
        ]}
      />
    )}
    <div class={facts.brands.length > 0 ? "when-new" : undefined}>
      <Input
        form={form}
        name="url"
        label={facts.brands.length > 0 ? "Address of the other website" : "Your website"}
        placeholder="acme.com"
        inputmode="url"
        autocomplete="url"
      />
    </div>
  </>
);

const GOALS = [
  ["signup", "friends who sign up"],
  ["visit", "visitors on their link"],
] as const;

const Reward = ({ form }: Shown) => (
  <>
    <div class="row">
      <Select form={form} name="goal_type" label="People earn a reward for" options={GOALS} />
      <div class="when-signup">
        <Input form={form} name="num_signups" label="How many friends?" type="number" min="1" max="1000000" />
      </div>
      <div class="when-visit">
        <Input form={form} name="num_visits" label="How many visitors?" type="number" min="1" max="1000000000" />
      </div>
    </div>
    <RewardFields
      form={form}
      codes={
        <TextArea
          form={form}
          name="coupons"
          label="First coupon codes"
          hint="One code per line. You can add codes later; rewards wait until you do."
          rows={5}
          spellcheck="false"
        />
      }
    />
    {valueAt(form.values, "template") === "giveaway" && (
      <fieldset class="row">
        <legend>The draw</legend>
        <Input form={form} name="contest.end_date" label="Draw date" type="date" />
        <Input form={form} name="contest.max_winners" label="Winners" type="number" min="1" max="1000" />
      </fieldset>
    )}
  </>
);

const LOOKS = looks.map((look, i) => [i + 1, `${look.charAt(0).toUpperCase()}${look.slice(1)}`] as const);

const Look = ({ form }: Shown) => (
  <>
    <Input form={form} name="widget.header_title" label="Title" />
    <TextArea form={form} name="widget.description" label="Description" rows={3} />
    <div class="row">
      <Input form={form} name="widget.button_text" label="Button" />
      <Select form={form} name="widget.template_id" label="Template" options={LOOKS} />
    </div>
    <div class="row">
      <Input form={form} name="widget.color" label="Header color" type="color" />
      <Input form={form} name="widget.button_color" label="Button color" type="color" />
    </div>
    <Input form={form} name="widget.success_message" label="Message after joining" />
  </>
);

const Launch = ({ form, facts }: Shown) => (
  <>
    <Input form={form} name="name" label="Name" hint="Shown to you and used in emails." maxlength={200} required />
    <fieldset class="wizard-kinds">
      <legend>Visibility</legend>
      <label class="wizard-kind">
        <input type="radio" name="publish" value="private" checked={valueAt(form.values, "publish") !== "public"} />
        <span>
          <b>Private</b>
          <span class="quiet">Widget on your own website, with every feature.</span>
        </span>
      </label>
      <label class="wizard-kind">
        <input
          type="radio"
          name="publish"
          value="public"
          checked={valueAt(form.values, "publish") === "public"}
          disabled={!facts.pays}
        />
        <span>
          <b>Public</b>
          <span class="quiet">
            Adds a hosted landing page with a share image, and lets the widget run on any site.
            {!facts.pays && (
              <>
                {" "}
                Requires a <a href="/plan">paid plan</a>; you can switch it on at any time.
              </>
            )}
          </span>
        </span>
      </label>
      {form.errors.publish && <p class="problem">{form.errors.publish}</p>}
    </fieldset>
  </>
);

export const stepForms = [Kind, Reward, Look, Launch] as const;
