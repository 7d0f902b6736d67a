import type { Campaign } from "./campaign.ts";
import { endpoints, type Receiver } from "./receiver.ts";
import type { Tables } from "./tables.ts";
import { countBy, missing, repeated, type Verdict, verdict } from "./verdict.ts";

/** Compares the events that each endpoint should get with those it got. */
export function checkWebhooks({ webhooks }: Campaign, receiver: Receiver, tables: Tables): Verdict[] {
  const { received } = receiver;
  const owed = Object.entries(endpoints).flatMap(([name, { events, end }]) =>
    tables.events
      .filter((e) => events === null || events.includes(e.type))
      .map((event) => ({ name, end, event: event.id, key: `${webhooks.get(name)} ${event.id}` })),
  );
  const rows = new Map(tables.deliveries.map((d) => [`${d.webhook_id} ${d.event_id}`, d]));
  const tried = new Set(received.map((r) => `${r.endpoint} ${r.id}`));
  const took = new Set(received.filter((r) => r.accepted).map((r) => `${r.endpoint} ${r.id}`));
  const gone = tables.webhooks.find((w) => w.id === webhooks.get("gone"));
  const bodies = new Set(received.map((r) => `${r.id} ${r.body}`));
  const keysOwed = new Set(owed.map((o) => o.key));

  return [
    verdict(
      "events that an endpoint should have accepted",
      owed.filter((o) => o.end === "arrives" && !took.has(`${o.name} ${o.event}`)),
    ),
    verdict(
      "events never sent to a rejecting endpoint",
      owed.filter((o) => o.end === "never" && !tried.has(`${o.name} ${o.event}`)),
    ),
    verdict(
      "deliveries that are missing or not recorded",
      owed.filter((o) => o.end === "arrives" && rows.get(o.key)?.status !== "delivered"),
    ),
    verdict(
      "missing deliveries to endpoints that reject or do not exist",
      owed.filter((o) => o.end !== "gone" && !rows.has(o.key)),
    ),
    verdict("deliveries without a matching event", missing(rows.keys(), keysOwed)),
    verdict("duplicate deliveries", repeated(tables.deliveries.map((d) => `${d.webhook_id} ${d.event_id}`))),
    verdict(
      "rejected deliveries recorded as delivered",
      owed.filter((o) => o.end !== "arrives" && rows.get(o.key)?.status === "delivered"),
    ),
    verdict("active endpoints that replied with 410", gone?.disabled_reason === "gone" ? [] : [gone]),
    verdict("redirects that were followed", Array(receiver.canary()).fill("/canary")),
    verdict(
      "requests with an invalid signature",
      received.filter((r) => !r.isValid),
    ),
    verdict("events sent with different bodies", repeated([...bodies].map((text) => text.split(" ", 1)[0]))),
  ];
}

/** The number of repeated events that endpoints accepted, which at-least-once delivery allows. */
export const duplicates = ({ received }: Receiver) =>
  [
    ...countBy(
      received.filter((r) => r.accepted),
      (r) => `${r.endpoint} ${r.id}`,
    ).values(),
  ].reduce((sum, times) => sum + times - 1, 0);
