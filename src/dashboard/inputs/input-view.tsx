import type { PageQuery } from "../../lib/page";
import type { Input, InputEvent } from "../../participants/inputs/input-schema";
import { outcomeWords } from "../ui/decision-words";
import { Check, Input as Field, Problems } from "../ui/field";
import type { Form } from "../ui/form";
import { shownAmount } from "../ui/money";
import { Pager } from "../ui/pager";
import { Badge, Card, Confirm, Copy, Empty, Table, Time } from "../ui/parts";
import { listPath } from "./input-list-view";
import { actWords, EventBadge, guides } from "./input-words";

type Props = {
  input: Input;
  events: InputEvent[];
  total: number;
  page: PageQuery;
  form: Form<unknown>;
  mayChange: boolean;
};

/** An input: its setup, its latest events, and their results. */
export const InputView = ({ input, events, total, page, form, mayChange }: Props) => {
  const path = `${listPath(input.campaign_id)}/${input.id}`;
  return (
    <>
      <SetUp input={input} />
      {mayChange && <Settings input={input} form={form} path={path} />}
      <Card title="Last events">
        {events.length === 0 ? (
          <Empty title="No events yet">
            <p>The provider's events appear here with their results. We do not store any data about buyers.</p>
          </Empty>
        ) : (
          <Table label="Events" columns={["Event", "Status", { number: "Amount" }, "Result", "Received"]}>
            {events.map((event) => (
              <Row event={event} campaignId={input.campaign_id} />
            ))}
          </Table>
        )}
        <Pager page={page} total={total} path={path} />
      </Card>
      {mayChange && (
        <Card title="Delete input">
          <Confirm
            action={`${path}/delete`}
            button="Delete input"
            question="Its URL stops working. Conversions and rewards stay."
          />
        </Card>
      )}
    </>
  );
};

const SetUp = ({ input: { kind, url, events } }: { input: Input }) => (
  <Card title="Set up">
    <Copy value={url} label="the URL" />
    <ol>
      {guides[kind].steps.map((step) => (
        <li>{step}</li>
      ))}
      <li>Enter its signing secret below.</li>
    </ol>
    <ul class="codes event-types">
      {events.map((type) => (
        <li>
          <code>{type}</code>
        </li>
      ))}
    </ul>
    <p>{guides[kind].who} Otherwise we use the buyer's email, if they are a participant.</p>
    <p class="hint">{guides[kind].test}</p>
  </Card>
);

const Settings = ({ input, form, path }: { input: Input; form: Form<unknown>; path: string }) => (
  <Card title="Settings">
    <form method="post" action={path}>
      <Problems form={form} />
      <Field
        form={form}
        name="secret"
        label="Signing secret"
        type="password"
        hint={
          input.has_secret
            ? `${guides[input.kind].secret} Leave empty to keep the stored secret.`
            : guides[input.kind].secret
        }
        maxlength={200}
        autocomplete="off"
      />
      <Check form={form} name="test_mode" label="Count test events" />
      <Check form={form} name="is_active" label="Active" hint="The URL of a disabled input replies with 404." />
      <button type="submit">Save</button>
    </form>
  </Card>
);

const Row = ({ event, campaignId }: { event: InputEvent; campaignId: number }) => (
  <tr>
    <td>
      {event.type || "Unknown"} {event.is_test && <Badge>Test</Badge>}
      <div class="quiet">{event.event_id}</div>
    </td>
    <td>
      <EventBadge status={event.status} />
    </td>
    <td class="number">
      {event.amount !== null && event.currency !== null ? shownAmount(event.amount, event.currency) : ""}
    </td>
    <td>
      <Became event={event} campaignId={campaignId} />
    </td>
    <td>
      <Time at={event.date_added} />
    </td>
  </tr>
);

/** An event's result in one line, with its conversion. */
const Became = ({ event, campaignId }: { event: InputEvent; campaignId: number }) => {
  const { act, conversion, conversion_id, reason, status, next_attempt_at } = event;
  const isTried = status === "pending" && event.attempts > 0;
  return (
    <>
      {act && status !== "ignored" && conversion_id && (
        <div>
          {actWords[act]}{" "}
          {conversion ? (
            <a href={`/campaigns/${campaignId}/conversions/${conversion.id}`}>{conversion_id}</a>
          ) : (
            conversion_id
          )}
          {act === "sale" && conversion && (
            <>
              {" "}
              <Badge tone={outcomeWords[conversion.outcome].tone}>{outcomeWords[conversion.outcome].said}</Badge>
            </>
          )}
          {act === "refund" && !conversion && <span class="quiet"> · waiting for its payment</span>}
        </div>
      )}
      {reason && <div class="quiet">{reason.message}</div>}
      {isTried && (
        <div class="quiet">
          {event.attempts === 1 ? "Tried once" : `Tried ${event.attempts} times`}. Next attempt:{" "}
          <Time at={next_attempt_at} />
        </div>
      )}
    </>
  );
};
