import { channelName, channels } from "../../campaigns/widget/channels";
import { textsOf } from "../../texts/text";
import { Check, Input, Select, TextArea } from "../ui/field";
import { type Form, valueAt } from "../ui/form";
import { Group } from "./editor-fields";

export const Sharing = ({ form }: { form: Form<unknown> }) => {
  const allowed = valueAt(form.values, "socials_allowed");
  const ticked = new Set(Array.isArray(allowed) ? allowed.map(String) : []);
  return (
    <Group title="Sharing, counters, and countdown">
      <fieldset>
        <legend>Share channels</legend>
        <p class="hint">None selected: all channels.</p>
        <input type="hidden" name="@lists" value="socials_allowed" />
        <div class="row">
          {channels.map((channel) => (
            <label class="check">
              <input
                type="checkbox"
                name="socials_allowed"
                value={String(channel.social_type)}
                checked={ticked.has(String(channel.social_type))}
              />
              <span>{channelName(channel, textsOf("en"))}</span>
            </label>
          ))}
        </div>
        {form.errors.socials_allowed && <p class="problem">{form.errors.socials_allowed}</p>}
      </fieldset>
      <Check
        form={form}
        name="own_words"
        label="Let participants choose a word for their link"
        hint="Like /t/42/rita. Their earlier links keep working."
      />
      <details>
        <summary>Messages for sharing</summary>
        <div class="group-body">
          <p class="hint">
            Placeholders: {"{name}"} is the participant's first name; {"{brand}"}, {"{campaign}"}, and {"{reward}"} also
            work. The link is added after the message. Defaults to the message for “Link and others”, or to our text.
          </p>
          <TextArea form={form} name="share_messages.6" label="Link and others" rows={2} maxlength={500} />
          {channels
            .filter(({ href }) => href.includes("{text}"))
            .map((channel) => (
              <TextArea
                form={form}
                name={`share_messages.${channel.social_type}`}
                label={channelName(channel, textsOf("en"))}
                rows={2}
                maxlength={500}
              />
            ))}
        </div>
      </details>
      <Select
        form={form}
        name="leaderboard_on"
        label="Leaderboard"
        hint="Names are shortened, like Ada L."
        options={[
          ["", "Shown when the campaign is public"],
          ["true", "Shown"],
          ["false", "Not shown"],
        ]}
      />
      <Check form={form} name="stats_on" label="Show counters" hint="Running totals, starting at the numbers below." />
      <div class="row when-counters">
        <Input
          form={form}
          name="stats_start_participants"
          label="Participants start at"
          type="number"
          min={0}
          placeholder="0"
        />
        <Input form={form} name="stats_start_shares" label="Shares start at" type="number" min={0} placeholder="0" />
        <Input form={form} name="stats_start_clicks" label="Clicks start at" type="number" min={0} placeholder="0" />
        <Input
          form={form}
          name="stats_start_impressions"
          label="Views start at"
          type="number"
          min={0}
          placeholder="0"
        />
      </div>
      <Check form={form} name="allow_countdown" label="Show a countdown" />
      <div class="when-countdown">
        <Input form={form} name="countdown_end" label="Ends" type="datetime-local" />
      </div>
    </Group>
  );
};
