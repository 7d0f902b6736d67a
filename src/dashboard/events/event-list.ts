import { z } from "zod";
import { eventTypes } from "../../../drizzle/schema/webhooks";
import { campaignChoices } from "../../campaigns/campaign-choice";
import type { ToldEvent } from "../../delivery/webhooks/body";
import type { Told } from "../../delivery/webhooks/delivery-store";
import { logQueries, lookFor, readEvent, readLog } from "../../delivery/webhooks/event-log";
import type { EventQuery } from "../../delivery/webhooks/event-log-schema";
import { eventById, idsOfPage } from "../../delivery/webhooks/event-log-store";
import { ReplayForm } from "../../delivery/webhooks/replay-schema";
import type { MemberCtx } from "../../lib/ctx";
import { Id } from "../../lib/fields";
import { filter } from "../../lib/page";
import { webhooksPage } from "../../outbox/webhooks/webhook-store";
import { viewsOf } from "../views/view";
import { deliveriesOfEvent, deliveryCounts } from "./event-delivery-store";

const PER_PAGE = 25;
/** More than the number of webhooks in any account that chooses one from a list. */
const WEBHOOKS_SHOWN = 100;

/** Ignores invalid query parameters. `before` is the number of the last event on the previous page. */
export const EventFilter = z.object({
  type: filter(z.enum(eventTypes)).catch(undefined),
  campaign_id: filter(Id).catch(undefined),
  before: filter(z.coerce.number().int().min(1).max(Number.MAX_SAFE_INTEGER)).catch(undefined),
  view: filter(Id).catch(undefined),
});
export type EventFilter = z.infer<typeof EventFilter>;

/** The events to replay, and the webhook to send them to. */
export const ReplayTo = ReplayForm.extend({ webhook_id: Id });

export type EventList = Awaited<ReturnType<typeof eventList>>;
export type ListedEvent = EventList["events"][number];

/**
 * A page of the log, newest first, with the results of each event's deliveries.
 * @throws 404 if the campaign is not the member's
 */
export async function eventList(ctx: MemberCtx, { type, campaign_id, before }: EventFilter, limit = PER_PAGE) {
  const { db } = ctx;
  const { memberId } = ctx.actor;
  const query: EventQuery = { limit, order: "desc", before, campaign_id, type: type && [type] };
  const look = lookFor(ctx, query, 0);
  const [counts, campaigns, webhooks, views, ...log] = await db.batch([
    deliveryCounts(db, memberId, idsOfPage(memberId, look, limit)),
    campaignChoices(ctx),
    webhooksPage(db, memberId, { page: 1, limit: WEBHOOKS_SHOWN }),
    viewsOf(ctx, "events"),
    ...logQueries(ctx, query, look),
  ]);
  const { items, pagination } = await readLog(ctx, query, look, log);
  const countsOf = new Map(counts.map((row) => [row.event_id, row]));
  const campaignOf = new Map(campaigns.map((campaign) => [campaign.id, campaign]));
  const [, rows] = log;
  const personOf = new Map(rows.map(({ event_id, participant }) => [event_id, participant]));
  return {
    campaigns,
    views,
    webhooks: webhooks.filter(({ status }) => status === "active"),
    events: items.map((event) => {
      const about = subjectOf(event, personOf.get(event.id));
      const campaign = about.campaign_id === null ? undefined : campaignOf.get(about.campaign_id);
      const [campaign_name, brand_name] = [campaign?.name ?? null, campaign?.brand_name ?? null];
      return { ...event, ...about, campaign_name, brand_name, deliveries: countsOf.get(event.id) ?? null };
    }),
    /** The number to continue before. Null at the end. */
    next: pagination.has_more ? (pagination.before ?? null) : null,
    isCut: pagination.has_more && items.length < limit,
  };
}

export type EventDetail = Awaited<ReturnType<typeof eventDetail>>;

/** An event with its deliveries. @throws 404 */
export async function eventDetail(ctx: MemberCtx, id: string) {
  const { db } = ctx;
  const { memberId } = ctx.actor;
  const [[row], deliveries] = await db.batch([
    eventById(db, memberId, id),
    deliveriesOfEvent(db, memberId, id, WEBHOOKS_SHOWN),
  ]);
  const event = await readEvent(ctx, row);
  return { event, ...subjectOf(event, row?.participant), deliveries };
}

const numberIn = (value: unknown) => (typeof value === "number" && value > 0 ? value : null);
const textIn = (value: unknown) => (typeof value === "string" ? value : null);
const namesOf = ({ name, email }: { name?: unknown; email?: unknown }) => ({
  name: textIn(name),
  email: textIn(email),
});

/**
 * The campaign and participant of an event. A test event's are made up. Not every body has a name, so `known` is the
 * participant from the event's row.
 */
function subjectOf({ type, data }: ToldEvent, known: Told["participant"] | undefined) {
  if (type === "webhook.test") return { campaign_id: null, participant: null };
  const person = { ...data, id: data.participant_id, ...Object(data.participant) } as Record<string, unknown>;
  const id = numberIn(person.id);
  return {
    campaign_id: numberIn(data.campaign_id),
    participant: id === null ? null : { id, ...namesOf(known?.id === id ? known : person) },
  };
}
