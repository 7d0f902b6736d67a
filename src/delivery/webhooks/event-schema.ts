import { z } from "zod";
import { events } from "./event-data";

/** The version of the event format. It changes only if a field is removed or changes its meaning. */
export const API_VERSION = "2026-11-28";

const moment = { format: "date-time", example: "2026-01-31T12:00:00.000Z" };

/** The fields of every event besides its type and data. */
export const envelope = {
  id: z.string().meta({
    description: "The event's ID, which is also its `webhook-id`.",
    example: "evt_019a8f3e2c007d1b8a6f4e2d0c9b8a76",
  }),
  api_version: z.string().meta({ description: "The version of the event format.", example: API_VERSION }),
  sequence: z.int().min(0).meta({
    description:
      "Increases in the order in which your account's events happened. Numbers are unique but not consecutive. 0 for events from before numbers were introduced.",
    example: 44040192,
  }),
  created: z.string().meta({ description: "The time of the event.", ...moment }),
  timestamp: z.string().meta({ description: "The same as `created`.", ...moment }),
  livemode: z.boolean().meta({ description: "False for test mode events." }),
};

const pascal = (type: string) => type.replace(/(?:^|\.)(\w)/g, (_, letter: string) => letter.toUpperCase());

/** The body of each event type's deliveries. If an event's subject was erased, `data` may lack fields. */
export const eventBodies = Object.entries(events).map(([type, [when, data]]) => ({
  type,
  when,
  name: pascal(type),
  body: z
    .object({
      ...envelope,
      type: z.literal(type),
      data: z.globalRegistry.get(data)?.id
        ? data
        : data.meta({ id: `${pascal(type)}Data`, description: `The data of a \`${type}\` event.` }),
    })
    .meta({ id: `${pascal(type)}Event`, description: when }),
}));
export type EventBody = (typeof eventBodies)[number];
