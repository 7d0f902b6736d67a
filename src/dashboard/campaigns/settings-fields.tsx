import { Check, Input, Select, TextArea } from "../ui/field";
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
const REWARDS = [
  [1, "A coupon code"],
  [2, "A link"],
  [3, "A message"],
  [5, "Cash, which you pay"],
] as const;
const TOKEN = 4;
const LOWERED = "Lower it, and whoever has that many already gets the reward, too.";

/** Every field of a campaign, but for its mails' texts, which have a page of their own. */
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
    <Card title="Goal and reward">
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
      <RewardFields form={form} settings={settings} />
      <div class="when-signup">
        <Check
          form={form}
          name="reward_invited"
          label="Invited friends get one, too"
          hint="The same kind of reward, as soon as they have joined."
        />
      </div>
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

const RewardFields = ({
  form,
  settings: { head, takesTokens, campaign },
}: {
  form: Form<unknown>;
  settings: CampaignSettings;
}) => {
  const hasTokens = takesTokens || campaign.reward_type === TOKEN;
  return (
    <>
      <Select
        form={form}
        name="reward_type"
        label="The reward is"
        options={hasTokens ? [...REWARDS, [TOKEN, "A crypto token"] as const] : REWARDS}
        hint="What was earned already stays what it is."
      />
      <div class="row when-1">
        <Input
          form={form}
          name="reward.worth_value"
          label="What a code is worth, in dollars"
          inputmode="decimal"
          hint={
            <>
              The codes themselves are under <a href={`/campaigns/${head.id}/coupons`}>Coupons</a>.
            </>
          }
        />
      </div>
      <div class="when-2">
        <Input
          form={form}
          name="reward.redirect_url"
          label="Where the link leads"
          inputmode="url"
          placeholder="https://"
        />
      </div>
      <div class="when-3">
        <TextArea form={form} name="reward.custom_message" label="The message" rows={3} />
      </div>
      <div class="when-5">
        <Input form={form} name="reward.cash_value" label="Dollars" inputmode="decimal" placeholder="10" />
      </div>
      {takesTokens && (
        <div class="row when-4">
          <Input form={form} name="reward.token_symbol" label="Symbol" maxlength={20} />
          <Input form={form} name="reward.token_amount" label="Amount" inputmode="decimal" />
          <Input form={form} name="reward.token_address" label="Contract's address" maxlength={128} />
          <Input form={form} name="reward.token_chain_id" label="Chain's number" inputmode="numeric" />
        </div>
      )}
    </>
  );
};
