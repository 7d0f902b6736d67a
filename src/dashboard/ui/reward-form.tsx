import type { Child } from "hono/jsx";
import { kindFacts, kindNames, kindOf, rewardKinds } from "../../ledger/records/reward-kinds";
import { Check, Input } from "./field";
import { type Form, valueAt } from "./form";
import { ImageField } from "./image-field";
import { problemIn } from "./newer";
import { kindWords } from "./reward-words";

type Props = {
  form: Form<unknown>;
  /** Whether to offer tokens: to linked brands, and to campaigns that already give them. */
  takesTokens?: boolean;
  givesTokens?: boolean;
  codes: Child;
  /** False if the campaign does not count referrals. Then friends get no reward. */
  countsFriends?: boolean;
};

/** The image fields of a reward. Their files come with the form if the browser runs no scripts. */
export const rewardImages = ["reward.image_url"] as const;

/**
 * A campaign's reward: its kind, that kind's fields, and whether friends get one too. Its form must be
 * `multipart/form-data`.
 */
export const RewardFields = ({
  form,
  takesTokens = false,
  givesTokens = false,
  codes,
  countsFriends = true,
}: Props) => (
  <>
    <fieldset aria-describedby={form.errors.reward_type && "field-reward_type-problem"}>
      <legend>Reward type</legend>
      <div class="reward-kinds">
        {kindNames
          .filter((kind) => kind !== "token" || takesTokens || givesTokens)
          .map((kind) => (
            <div class="reward-kind">
              <label>
                <input
                  type="radio"
                  name="reward_type"
                  value={String(rewardKinds[kind].id)}
                  checked={String(valueAt(form.values, "reward_type")) === String(rewardKinds[kind].id)}
                />
                {kindWords[kind].choice}
              </label>
              <div class="reward-fields">
                {kindFacts(kind).fulfilled === "by code" && codes}
                {(kind !== "token" || takesTokens) && kindWords[kind].Fields({ form })}
              </div>
            </div>
          ))}
      </div>
      {form.errors.reward_type && (
        <p class="problem" id="field-reward_type-problem">
          {problemIn(form, "reward_type", (type) => kindWords[kindOf(Number(type))].choice)}
        </p>
      )}
    </fieldset>
    <div class="row">
      <Input
        form={form}
        name="reward.title"
        label="What people call it"
        placeholder="a free bag of coffee"
        maxlength={80}
        hint="Should read well after “Get”. Defaults to the amount or the type."
      />
      <ImageField
        form={form}
        name="reward.image_url"
        label="Picture"
        hint="A square image. Shown in the widget and on the page."
      />
    </div>
    {countsFriends && (
      <div class="when-signup">
        <Check
          form={form}
          name="reward_invited"
          label="Reward the friend too"
          hint="Friends get the same kind of reward as soon as they sign up."
        />
      </div>
    )}
  </>
);
