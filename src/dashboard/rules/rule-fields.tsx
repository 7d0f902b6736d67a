import { Check, Input, Select, TextArea } from "../ui/field";
import { type Form, valueAt } from "../ui/form";
import { problemIn } from "../ui/newer";
import { Card } from "../ui/parts";
import { type GiftName, giftNames, gifts, sentenceOf, triggers } from "./rule-form";

type Props = { form: Form<unknown>; currency: string };

const NUMBER = { type: "number", min: "1", max: "1000000", inputmode: "numeric" } as const;
const MONEY = { inputmode: "decimal", autocomplete: "off" } as const;

/** The fields for each gift. */
const GIFT_FIELDS: Record<GiftName, (props: Props) => unknown> = {
  percent: ({ form, currency }) => (
    <div class="row">
      <Input form={form} name="reward.percent" label="Percent" inputmode="decimal" autocomplete="off" />
      <Input
        form={form}
        name="reward.max_amount"
        label={`At most (${currency})`}
        hint="For one purchase. Optional."
        {...MONEY}
      />
    </div>
  ),
  amount: ({ form, currency }) => <Input form={form} name="reward.amount" label={`Amount (${currency})`} {...MONEY} />,
  coupon: () => (
    <p class="hint">A code from the campaign's coupon codes. If none are left, rewards wait for new codes.</p>
  ),
  redirect: ({ form }) => (
    <Input form={form} name="reward.redirect_url" label="URL" inputmode="url" placeholder="https://" />
  ),
  message: ({ form }) => (
    <TextArea form={form} name="reward.custom_message" label="Message text" rows={3} maxlength={10_000} />
  ),
};

/** A rule's form. Its sentence updates while typing; without scripts, it shows the last submitted values. */
export const RuleFields = ({ form, currency }: Props) => (
  <>
    <input type="hidden" name="currency" value={currency} />
    <output class="rule-said" data-sentence aria-label="The rule in one sentence">
      {sentenceOf(form.values, currency)}
    </output>
    <Card title="When">
      <Select form={form} name="trigger" label="What counts" options={triggers} />
      <div class="row when-conversion">
        <Input
          form={form}
          name="event_name"
          label="Event"
          hint="The name your server reports, like purchase or trial.started."
          maxlength={64}
          autocapitalize="none"
          autocomplete="off"
          spellcheck={false}
        />
        <Input
          form={form}
          name="min_amount"
          label={`Minimum amount (${currency})`}
          hint="Smaller amounts do not count. Optional."
          {...MONEY}
        />
      </div>
      <div class="row">
        <Input form={form} name="threshold" label="How many" {...NUMBER} />
        <Select
          form={form}
          name="repeat"
          label="How often"
          options={[
            ["every", "Every time this number is reached"],
            ["once", "Once"],
          ]}
        />
      </div>
      <div class="when-conversion">
        <Check form={form} name="first_only" label="Count only each friend's first one" />
      </div>
    </Card>
    <Card title="Reward">
      <Select
        form={form}
        name="role"
        label="Who gets it"
        options={[
          ["referrer", "The referrer"],
          ["invited", "The friend who joined"],
        ]}
      />
      <fieldset>
        <legend>What they get</legend>
        {form.errors.gives && (
          <p class="problem">{problemIn(form, "gives", (gift) => gifts[gift as GiftName]?.label ?? "")}</p>
        )}
        <div class="reward-kinds">
          {giftNames.map((name) => (
            <div class="reward-kind">
              <label>
                <input type="radio" name="gives" value={name} checked={valueAt(form.values, "gives") === name} />
                {gifts[name].label}
              </label>
              <div class="reward-fields">{GIFT_FIELDS[name]({ form, currency })}</div>
            </div>
          ))}
        </div>
      </fieldset>
      <Select
        form={form}
        name="paid_as"
        label="Pay percentages and amounts as"
        options={[
          ["cash", "Cash (you pay it out)"],
          ["credit", "Store credit (they redeem it in your shop)"],
        ]}
      />
    </Card>
    <Card title="Before it is given">
      <div class="row">
        <Input
          form={form}
          name="hold_days"
          label="Days to hold it"
          hint="Rewards for purchases refunded during this time are never given. 0 to 90."
          type="number"
          min="0"
          max="90"
        />
      </div>
      <Input
        form={form}
        name="expires_days"
        label="Days until it expires"
        hint="Counted from when the reward becomes pending. Unpaid cash, waiting coupons, and unredeemed store credit expire. Optional."
        type="number"
        min="1"
        max="3650"
      />
      <Check form={form} name="needs_approval" label="Hold it until someone on your team approves it" />
    </Card>
    <Card title="Limits">
      <div class="row">
        <Input form={form} name="max_per_participant" label="Rewards per participant" {...NUMBER} />
        <Input form={form} name="max_per_month" label="Rewards per participant and month" {...NUMBER} />
      </div>
      <div class="row">
        <div class="when-conversion">
          <Input
            form={form}
            name="reward.duration_months"
            label="Months after the first one"
            hint="Later purchases earn nothing."
            type="number"
            min="1"
            max="120"
          />
        </div>
        <Input
          form={form}
          name="budget"
          label={`Budget (${currency})`}
          hint="For cash: the most this rule may give in total."
          {...MONEY}
        />
      </div>
      <p class="hint">Leave a field empty for no limit.</p>
      <Check
        form={form}
        name="visible"
        label="Show it to visitors"
        hint="In the widget, on the landing page, in the lander API, and in invitations. A hidden rule still gives rewards."
      />
      <Input
        form={form}
        name="image_url"
        label="Image"
        hint="Shown next to the rule's reward. Optional."
        type="url"
        placeholder="https://"
        maxlength={2000}
      />
      <Input form={form} name="title" label="Name" hint="Only shown to your team. Optional." maxlength={200} />
    </Card>
  </>
);
