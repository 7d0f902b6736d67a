import type { PageContext } from "../../auth/page-session";
import { Input, Problems } from "../ui/field";
import { blank, type Form } from "../ui/form";
import { show } from "../ui/layout";
import { Card, Confirm, Head, Stat, Stats, Time } from "../ui/parts";
import { shown } from "../ui/seen";
import { DeliveryLog } from "./delivery-log";
import type { Endpoint, EndpointLog } from "./endpoint";
import { EndpointForm, endpointShown } from "./endpoint-form";
import type { DeliveryLook } from "./endpoint-schema";
import { campaignOf, disabledBecause, HealthBadge, LastAttempt, Lately } from "./webhook-words";

/** The page's refused forms: the settings, the time to recover from, the time to replay, or one of the buttons. */
export type Refused = {
  change?: Form<unknown>;
  recovery?: Form<unknown>;
  replay?: Form<unknown>;
  button?: Form<unknown>;
};

export function endpointPage(c: PageContext, log: EndpointLog, look: DeliveryLook, refused: Refused = {}) {
  const { endpoint, campaigns } = log;
  const path = `/webhooks/${endpoint.id}`;
  const isActive = endpoint.status === "active";
  const mayChange = c.var.session.role !== "viewer";
  const body = (
    <>
      <Head
        crumbs={[["/webhooks", "Webhooks"]]}
        title={endpoint.link}
        about={
          <>
            <HealthBadge endpoint={endpoint} /> {campaignOf(endpoint) ?? "All campaigns"}
          </>
        }
      >
        {mayChange && isActive && <Button action={`${path}/test`} label="Send test event" isMain />}
        {mayChange && <StatusButton endpoint={endpoint} />}
      </Head>
      <Problems form={refused.button ?? blank()} />
      {!isActive && (
        <p class="notice bad">
          Disabled. {disabledBecause(endpoint)}{" "}
          {mayChange && "Once your endpoint works again, enable the webhook and recover the deliveries it missed."}
        </p>
      )}
      <div class="since">
        <Stats>
          <Stat label="Delivered" value={<Lately endpoint={endpoint} />} />
          <Stat label="Last attempt" value={<LastAttempt endpoint={endpoint} />} />
          <Stat
            label="Failing since"
            value={
              endpoint.failing_since ? <Time at={endpoint.failing_since} /> : <span class="quiet">No failures</span>
            }
          />
        </Stats>
      </div>
      <DeliveryLog c={c} log={log} look={look} mayRetry={mayChange && isActive} />
      {mayChange && (
        <div class="columns">
          <Card title="Settings">
            <EndpointForm
              form={refused.change ?? shown(endpointShown(endpoint))}
              campaigns={campaigns}
              action={path}
              button="Save"
            />
          </Card>
          <div class="stack">
            {isActive && <Recover path={path} form={refused.recovery ?? blank()} />}
            {isActive && <Replay path={path} form={refused.replay ?? blank()} />}
            <Secret path={path} endpoint={endpoint} now={c.var.ctx.now()} />
            <Card title="Delete">
              <p class="quiet">Its deliveries, including failed ones, are deleted too.</p>
              <Confirm
                action={`${path}/delete`}
                button="Delete webhook"
                question="Stops all deliveries and deletes the log."
              />
            </Card>
          </div>
        </div>
      )}
    </>
  );
  const status = Object.keys(refused).length > 0 ? 400 : 200;
  return show(c, { title: "Webhook", section: "/webhooks", body, status });
}

const Button = ({ action, label, isMain = false }: { action: string; label: string; isMain?: boolean }) => (
  <form method="post" action={action}>
    <button type="submit" class={isMain ? undefined : "button"}>
      {label}
    </button>
  </form>
);

const StatusButton = ({ endpoint: { id, status } }: { endpoint: Endpoint }) => (
  <form method="post" action={`/webhooks/${id}/status`}>
    <input type="hidden" name="status" value={status === "active" ? "disabled" : "active"} />
    <button type="submit" class={status === "active" ? "button" : undefined}>
      {status === "active" ? "Disable" : "Enable"}
    </button>
  </form>
);

const Recover = ({ path, form }: { path: string; form: Form<unknown> }) => (
  <Card title="Recover deliveries">
    <form method="post" action={`${path}/recover`}>
      <Problems form={form} />
      <Input
        form={form}
        name="since"
        label="Since"
        type="datetime-local"
        hint="Resends deliveries that failed since then, and sends events from while the webhook was disabled. Up to 1,000 of each at a time, oldest first."
        required
      />
      <button type="submit" class="button">
        Recover
      </button>
    </form>
  </Card>
);

const Replay = ({ path, form }: { path: string; form: Form<unknown> }) => (
  <Card title="Replay events">
    <form method="post" action={`${path}/replay`}>
      <Problems form={form} />
      <Input
        form={form}
        name="from"
        label="From"
        type="datetime-local"
        hint="Sends all events from that time, including delivered ones and those older than this webhook. At most 30 days ago."
        required
      />
      <Input form={form} name="to" label="Until" type="datetime-local" hint="Leave empty for now." />
      <button type="submit" class="button">
        Replay
      </button>
    </form>
  </Card>
);

const Secret = ({ path, endpoint, now }: { path: string; endpoint: Endpoint; now: Date }) => {
  const { previous_secret_expires: expires } = endpoint;
  const hasTwo = expires !== null && expires > now;
  return (
    <Card title="Secret">
      {hasTwo ? (
        <>
          <p>
            The secret was rotated. The old one also signs until <Time at={expires} />; it can be rotated again after
            that.
          </p>
          <Confirm
            action={`${path}/secret/previous`}
            button="End old secret now"
            question="Receivers that still use the old secret will reject our events."
          />
        </>
      ) : (
        <>
          <p class="quiet">The new secret is shown once. The old one also signs for 24 hours.</p>
          <Confirm action={`${path}/secret`} button="Rotate secret" question="Both secrets work for 24 hours." />
        </>
      )}
    </Card>
  );
};
