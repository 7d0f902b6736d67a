import type { Child } from "hono/jsx";
import { type CampaignChoice, campaignOptions } from "../../campaigns/campaign-choice";
import { whenSent } from "../../delivery/webhooks/event-data";
import { ALL_EVENTS, eventTypes } from "../../outbox/webhooks/webhook-schema";
import { Input, Problems, Select, TextArea } from "../ui/field";
import { type Form, valueAt } from "../ui/form";
import { problemIn } from "../ui/newer";

type Stored = { link: string; campaign_id: number | null; events: string[] | null; message: string | null };

/** A webhook as its form shows it: all boxes are checked if it gets all events. */
export const endpointShown = ({ link, campaign_id, events, message }: Stored) => ({
  link,
  campaign_id,
  events: events === null || events.includes(ALL_EVENTS) ? [ALL_EVENTS, ...eventTypes] : events,
  message,
});

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
      label="Endpoint URL"
      type="url"
      placeholder="https://example.com/hooks"
      hint="An https URL on your server. We POST JSON to it."
      required
      maxlength={2000}
    />
    <Select form={form} name="campaign_id" label="Campaign" options={campaignOptions(campaigns, "All campaigns")} />
    <EventBoxes form={form} />
    <TextArea form={form} name="message" label="Note" hint="For your own reference." rows={2} maxlength={1000} />
    <button type="submit">{button}</button>
  </form>
);

const eventsSaid = (events: unknown) =>
  Array.isArray(events) && !events.includes(ALL_EVENTS) ? events.join(", ") : "all events";

const EventBoxes = ({ form }: { form: Form<unknown> }) => {
  const chosen = valueAt(form.values, "events");
  const isAll = !Array.isArray(chosen) || chosen.includes(ALL_EVENTS);
  return (
    <fieldset
      class="boxes"
      aria-describedby={form.errors.events ? "field-events-problem" : undefined}
      aria-invalid={form.errors.events ? "true" : undefined}
    >
      <legend>Events</legend>
      <input type="hidden" name="@lists" value="events" />
      <EventBox value={ALL_EVENTS} checked={isAll} hint="We also send event types that we add later.">
        All events, including new ones
      </EventBox>
      {eventTypes.map((type) => (
        <EventBox value={type} checked={isAll || chosen.includes(type)} hint={whenSent(type)}>
          <code>{type}</code>
        </EventBox>
      ))}
      {form.errors.events && (
        <p class="problem" id="field-events-problem">
          {form.newer?.events ? problemIn(form, "events", eventsSaid) : "Choose at least one event."}
        </p>
      )}
    </fieldset>
  );
};

const EventBox = (box: { value: string; checked: boolean; hint: string; children: Child }) => (
  <div class="check">
    <input id={`event-${box.value}`} type="checkbox" name="events" value={box.value} checked={box.checked} />
    <div>
      <label for={`event-${box.value}`}>{box.children}</label>
      <p class="hint">{box.hint}</p>
    </div>
  </div>
);
