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
  .meta({ id: "Event", description: "Something that happened, as webhooks send it. `type` says which." });

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
      "Events with higher numbers, lowest first. Go on with `pagination.after`. Default: from the oldest event. `latest`: none, only the number to go on with.",
  }),
  order: filter(z.enum(["asc", "desc"])).meta({
    description: "`asc`, the default, is the order in which things happened. `desc`: the newest first.",
  }),
  before: filter(Sequence).meta({
    type: "integer",
    minimum: 0,
    description: "With `order=desc`: events with lower numbers. Go on with `pagination.before`.",
  }),
  updated_since: moment(
    "Begins with events of this moment, or of up to 15 minutes earlier. Go on with `pagination.after` alone.",
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
        after: z.int().meta({ description: "`after` of the next request, also if there is no more yet." }),
        before: z
          .int()
          .optional()
          .meta({ description: "With `order=desc`: `before` of the next request, for earlier events." }),
        has_more: z
          .boolean()
          .meta({ description: "Whether to ask again at once. A page may be empty, and yet there is more." }),
        limit: z.int(),
      })
      .meta({ id: "EventPagination", description: "How to go on reading events." }),
    ignored: IgnoredQuery,
  })
  .meta({ id: "EventList", description: "A page of the log of events." });

export const EventParam = z.object({
  eventId: line(200).meta({ description: "The event's `id`.", example: "evt_019a8f3e2c007d1b8a6f4e2d0c9b8a76" }),
});
