import { Check, Input, Select } from "../ui/field";
import type { Form } from "../ui/form";
import { Card } from "../ui/parts";
import type { CampaignSettings } from "./settings";
import { templateNames, templates } from "./wizard-templates";

const KINDS = [
  ...templateNames.map((name) => [templates[name].type_id, templates[name].title] as const),
  [4, "Other"],
] as const;
const GOALS = [
  ["signup", "friends who sign up"],
  ["visit", "visitors on their link"],
] as const;
const LOWERED = "Lower it, and whoever has that many already gets the reward, too.";

/** The fields of a campaign without its reward and its emails, which have their own pages. */
export const SettingsFields = ({ form, settings }: { form: Form<unknown>; settings: CampaignSettings }) => (
  <>
    <Card title="Campaign">
      <Input form={form} name="name" label="Name" maxlength={200} required />
      <div class="row">
        <Select
          form={form}
          name="brand_id"
          label="Brand"
          options={settings.brands.map(({ id, domain }) => [id, domain] as const)}
        />
        <Select form={form} name="type_id" label="Kind" options={KINDS} hint="For your own overview only." />
      </div>
      <Select
        form={form}
        name="publish"
        label="Who may see it"
        options={[
          ["private", "Private: the widget, on your own website"],
          ["public", "Public: a page of its own, and the widget anywhere"],
        ]}
        hint={
          !settings.pays &&
          settings.campaign.publish === "private" && (
            <>
              Being public is part of the paid <a href="/plan">plans</a>. All else works without.
            </>
          )
        }
      />
      <Input
        form={form}
        name="landing_url"
        label="Where shared links lead"
        inputmode="url"
        placeholder="https://"
        hint="A page with the widget on it is best. Empty: the campaign's own page if it is public, else your website."
      />
    </Card>
    <Card title="Goal">
      <div class="row">
        <Select form={form} name="goal_type" label="People earn a reward for" options={GOALS} />
        <div class="when-signup">
          <Input
            form={form}
            name="num_signups"
            label="How many friends?"
            type="number"
            min="1"
            max="1000000"
            hint={LOWERED}
          />
        </div>
        <div class="when-visit">
          <Input
            form={form}
            name="num_visits"
            label="How many visitors?"
            type="number"
            min="0"
            max="1000000000"
            hint={LOWERED}
          />
        </div>
      </div>
      <p class="hint">
        Set the reward itself on the page <a href={`/campaigns/${settings.head.id}/rewards`}>Rewards</a>.
      </p>
    </Card>
    <Card title="How people join">
      <Check
        form={form}
        name="double_opt_in"
        label="Addresses must be confirmed by mail"
        hint="Visitors count once they have followed the link in the mail. Signups by your own systems are trusted."
      />
      <Check form={form} name="allow_email" label="Participants may invite friends by mail from the widget" />
      <Check form={form} name="allow_countdown" label="Show a countdown" />
      <div class="when-countdown">
        <Input form={form} name="countdown_end" label="Its end (UTC)" type="datetime-local" />
      </div>
      <p class="hint">
        What is mailed, and when, is on the page <a href={`/campaigns/${settings.head.id}/mail`}>Mail</a>.
      </p>
    </Card>
  </>
);
