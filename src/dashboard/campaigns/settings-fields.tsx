import { shownDomain } from "../../lib/domain";
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
const LOWERED = "If you lower it, participants who already have that many also get the reward.";

/** A campaign's fields, without its reward and emails, which have their own pages. */
export const SettingsFields = ({ form, settings }: { form: Form<unknown>; settings: CampaignSettings }) => (
  <>
    <Card title="Campaign">
      <Input form={form} name="name" label="Name" maxlength={200} required />
      <div class="row">
        <Select
          form={form}
          name="brand_id"
          label="Brand"
          options={settings.brands.map(({ id, name }) => [id, shownDomain(name)] as const)}
        />
        <Select form={form} name="type_id" label="Type" options={KINDS} hint="For your own reference only." />
      </div>
      <Select
        form={form}
        name="publish"
        label="Visibility"
        options={[
          ["private", "Private: the widget on your own website"],
          ["public", "Public: a hosted landing page, and the widget on any website"],
        ]}
        hint={
          !settings.pays &&
          settings.campaign.publish === "private" && (
            <>
              Public campaigns require a <a href="/plan">paid plan</a>.
            </>
          )
        }
      />
      <Input
        form={form}
        name="landing_url"
        label="Share link destination"
        inputmode="url"
        placeholder="https://"
        hint="Ideally a page with the widget. Defaults to the campaign's landing page if it is public, or to your website."
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
        Set the reward itself under <a href={`/campaigns/${settings.head.id}/rewards`}>Rewards</a>.
      </p>
    </Card>
    <Card title="How people join">
      <Check
        form={form}
        name="double_opt_in"
        label="Require email confirmation"
        hint="Visitors count once they confirm their email, so the brand must be able to send email. Signups from your own systems are trusted."
      />
      <Check
        form={form}
        name="waitlist_enabled"
        label="Waitlist: participants wait in line until you let them in"
        hint="Cannot change once someone has joined."
      />
      <div class="when-waitlist">
        <Input
          form={form}
          name="waitlist_places_per_friend"
          label="Places to move up per friend"
          type="number"
          min="0"
          max="1000"
          hint="Cannot change once someone has joined."
        />
      </div>
      <Check form={form} name="allow_email" label="Let participants invite friends by email from the widget" />
      <Check form={form} name="allow_countdown" label="Show a countdown" />
      <div class="when-countdown">
        <Input form={form} name="countdown_end" label="Ends" type="datetime-local" />
      </div>
      <p class="hint">
        Edit the emails and when they are sent under <a href={`/campaigns/${settings.head.id}/mail`}>Emails</a>.
      </p>
    </Card>
    <Card title="Fraud protection">
      <Select
        form={form}
        name="fraud_mode"
        label="Mode"
        options={[
          ["hold", "Hold (recommended)"],
          ["strict", "Strict"],
          ["watch", "Watch"],
          ["off", "Off"],
        ]}
        hint={
          <>
            Hold: rewards for suspicious signups and sales wait for your review. Strict: less evidence is enough, so
            more honest people wait. Watch: you review them, and rewards go out as usual. Off: nothing is checked or
            held. Signups always go through. See <a href="/docs/fraud">what we find, and what we miss</a>, and{" "}
            <a href={`/campaigns/${settings.head.id}/fraud`}>what your reviews confirmed, and your veto</a>.
          </>
        }
      />
      <div class="row when-reviewed">
        <Select
          form={form}
          name="review_ending"
          label="Undecided reviews"
          options={[
            ["by_score", "Deny scores of 80 and above, approve the rest"],
            ["approve", "Approve them"],
            ["deny", "Deny them"],
            ["never", "Keep them open"],
          ]}
        />
        <div class="when-ending">
          <Input form={form} name="review_days" label="After how many days" type="number" min="1" max="365" />
        </div>
      </div>
    </Card>
  </>
);
