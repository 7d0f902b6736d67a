import { type CampaignChoice, campaignOptions } from "../../campaigns/campaign-choice";
import { eventTypes } from "../../outbox/webhooks/webhook-schema";
import { Input, Problems, Select, TextArea } from "../ui/field";
import { type Form, valueAt } from "../ui/form";
import { eventsInWords } from "./webhook-words";

/** What there is to say of an endpoint: where, of which campaign, and of what it is told. */
export const EndpointForm = ({
  form,
  campaigns,
  action,
  button,
}: {
  form: Form<unknown>;
  campaigns: CampaignChoice[];
  action: string;
  button: string;
}) => (
  <form method="post" action={action}>
    <Problems form={form} />
    <Input
      form={form}
      name="link"
      label="Link"
      type="url"
      placeholder="https://example.com/hooks"
      hint="An https address of your system. We POST JSON to it."
      required
      maxlength={2000}
    />
    <Select
      form={form}
      name="campaign_id"
      label="Campaign"
      options={campaignOptions(campaigns, "Every campaign of this account")}
    />
    <EventBoxes form={form} />
    <TextArea
      form={form}
      name="message"
      label="Note"
      hint="For yourselves; nothing is done with it."
      rows={2}
      maxlength={1000}
    />
    <button type="submit">{button}</button>
  </form>
);

const EventBoxes = ({ form }: { form: Form<unknown> }) => {
  const chosen = valueAt(form.values, "events");
  const isChosen = (type: string) => !Array.isArray(chosen) || chosen.includes(type);
  return (
    <fieldset
      class="boxes"
      aria-describedby={form.errors.events ? "field-events-problem" : undefined}
      aria-invalid={form.errors.events ? "true" : undefined}
    >
      <legend>Events</legend>
      <input type="hidden" name="@lists" value="events" />
      {eventTypes.map((type) => (
        <div class="check">
          <input id={`event-${type}`} type="checkbox" name="events" value={type} checked={isChosen(type)} />
          <div>
            <label for={`event-${type}`}>
              <code>{type}</code>
            </label>
            <p class="hint">{eventsInWords[type]}</p>
          </div>
        </div>
      ))}
      {form.errors.events && (
        <p class="problem" id="field-events-problem">
          Please choose at least one.
        </p>
      )}
    </fieldset>
  );
};
