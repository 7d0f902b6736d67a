import { eventTypes } from "../../../drizzle/schema/webhooks";
import { campaignLabel } from "../../campaigns/campaign-choice";
import type { Delivery, Webhook } from "../../outbox/webhooks/webhook-schema";
import { Badge, count, Time } from "../ui/parts";
import type { Endpoint } from "./endpoint";

/** The endpoint's only campaign. Null if it gets the events of all. */
export const campaignOf = ({ campaign_name: name, brand_name }: Endpoint) =>
  name === null ? null : campaignLabel({ name, brand_name });

/** The event types as options of a form. */
export const eventTypeOptions = eventTypes.map((type): [string, string] => [type, type]);

const errors: Record<string, string> = {
  timeout: "No response within 15 seconds",
  connect_error: "Connection failed",
  redirect: "Redirect (not followed)",
  url_blocked: "The URL is not allowed",
  dns_blocked: "The host resolves to a private address",
  dns_error: "The host does not resolve",
  endpoint_disabled: "The webhook is disabled",
  skipped: "Not sent: the administrator skipped it after restoring a backup",
};

/** An attempt's outcome in words. */
export const outcomeInWords = ({ error, status_code }: Pick<Delivery["attempts"][number], "error" | "status_code">) =>
  error === null ? "Delivered" : (errors[error] ?? `Rejected by your endpoint (${status_code})`);

const deliveryTones = { pending: "warn", delivered: "good", failed: "bad" } as const;
const deliveryLabels = { pending: "Pending", delivered: "Delivered", failed: "Failed" } as const;

export const DeliveryBadge = ({ status }: { status: Delivery["status"] }) => (
  <Badge tone={deliveryTones[status]}>{deliveryLabels[status]}</Badge>
);

const reasons: Record<NonNullable<Webhook["disabled_reason"]>, string> = {
  gone: "The endpoint returned 410 Gone.",
  failing: "All deliveries failed for five days.",
  member: "You disabled it.",
};

export const disabledBecause = ({ disabled_reason }: Pick<Webhook, "disabled_reason">) =>
  reasons[disabled_reason ?? "member"];

export const HealthBadge = ({ endpoint: { status, failing_since, lately } }: { endpoint: Endpoint }) => {
  if (status === "disabled") return <Badge tone="bad">Disabled</Badge>;
  if (failing_since) return <Badge tone="warn">Failing</Badge>;
  return lately.delivered > 0 ? <Badge tone="good">Healthy</Badge> : <Badge>Not used yet</Badge>;
};

/** The success rate of the latest deliveries, without those in progress. */
export const Lately = ({ endpoint: { lately } }: { endpoint: Endpoint }) => {
  const ended = lately.delivered + lately.failed;
  return ended === 0 ? (
    <span class="quiet">Nothing yet</span>
  ) : (
    <>
      {count(Math.floor((lately.delivered * 100) / ended))}% <span class="quiet">of the last {count(ended)}</span>
    </>
  );
};

export const LastAttempt = ({ endpoint: { lately } }: { endpoint: Endpoint }) => <Time at={lately.last_at} />;
