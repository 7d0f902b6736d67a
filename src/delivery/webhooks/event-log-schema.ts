import { z } from "zod";
import { eventTypes } from "../../../drizzle/schema/webhooks";
import { Id, line } from "../../lib/fields";
import { IgnoredQuery } from "../../lib/ignored";
import { filter, moment, PageQuery } from "../../lib/page";
import type { ToldEvent } from "./body";
import { type EventBody, eventBodies } from "./event-schema";

type Bodies = [EventBody["body"], ...EventBody["body"][]];

export const Event = z
  .discriminatedUnion("type", eventBodies.map(({ body }) => body) as Bodies)
  .meta({ id: "Event", description: "An event, as sent by webhooks. `type` is its type." });

/** Several types, separated by commas. */
const Types = z
  .string()
  .transform((text) => text.split(","))
  .pipe(z.array(z.enum(eventTypes)).max(eventTypes.length));

export const LATEST = "latest";
const Sequence = z.coerce.number().int().min(0).max(Number.MAX_SAFE_INTEGER);

export const EventQuery = z.object({
  after: filter(z.union([z.literal(LATEST), Sequence])).meta({
    type: "string",
    pattern: "^(latest|[0-9]{1,16})$",
    example: "0",
    description:
      "Only events with higher numbers, lowest first. To continue, send `pagination.after` here. Default: from the oldest event. `latest`: no events, only the number to continue from.",
  }),
  order: filter(z.enum(["asc", "desc"])).meta({
    description: "`asc`, the default: oldest first. `desc`: newest first.",
  }),
  before: filter(Sequence).meta({
    type: "integer",
    minimum: 0,
    description: "With `order=desc`: only events with lower numbers. To continue, send `pagination.before` here.",
  }),
  updated_since: moment(
    "Starts with events at this time, or up to 15 minutes earlier. To continue, send only `pagination.after`.",
  ),
  limit: PageQuery.shape.limit,
  type: filter(Types).meta({
    type: "string",
    example: "participant.signup",
    description: "One type, or several separated by commas.",
  }),
  campaign_id: filter(Id),
});
export type EventQuery = z.infer<typeof EventQuery>;

export const EventList = z
  .object({
    items: z
      .array(z.custom<ToldEvent>())
      .meta({ type: "array", items: Event, description: "Lowest number first, unless `order` is `desc`." }),
    pagination: z
      .object({
        after: z.int().meta({ description: "`after` for the next request, even if there are no more events yet." }),
        before: z
          .int()
          .optional()
          .meta({ description: "With `order=desc`: `before` for the next request, which returns earlier events." }),
        has_more: z.boolean().meta({
          description:
            "Whether to send the next request immediately. A page may be empty even if there are more events.",
        }),
        limit: z.int(),
      })
      .meta({ id: "EventPagination", description: "The values for reading further events." }),
    ignored: IgnoredQuery,
  })
  .meta({ id: "EventList", description: "A page of the event log." });

export const EventParam = z.object({
  eventId: line(200).meta({ description: "The event's `id`.", example: "evt_019a8f3e2c007d1b8a6f4e2d0c9b8a76" }),
});
