import { z } from "zod";
import { events } from "./event-data";

/** The version of the events' form. It changes only if something is taken away or means something else. */
export const API_VERSION = "2026-11-28";

const moment = { format: "date-time", example: "2026-01-31T12:00:00.000Z" };

/** What all events have beside their type and data. */
export const envelope = {
  id: z.string().meta({
    description: "The event's ID, which is also its `webhook-id`.",
    example: "evt_019a8f3e2c007d1b8a6f4e2d0c9b8a76",
  }),
  api_version: z.string().meta({ description: "The version of this form.", example: API_VERSION }),
  sequence: z.int().min(0).meta({
    description:
      "Ascending in the order in which your account's events happened. Numbers are never used twice, and are not consecutive. 0 for events from before there were numbers.",
    example: 44040192,
  }),
  created: z.string().meta({ description: "When it happened.", ...moment }),
  timestamp: z.string().meta({ description: "The same as `created`.", ...moment }),
  livemode: z.boolean().meta({ description: "False for events of test mode." }),
};

const pascal = (type: string) => type.replace(/(?:^|\.)(\w)/g, (_, letter: string) => letter.toUpperCase());

/** The body of each event type's deliveries. `data` of an event whose subject was erased may lack fields. */
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
        : data.meta({ id: `${pascal(type)}Data`, description: `What a \`${type}\` event tells.` }),
    })
    .meta({ id: `${pascal(type)}Event`, description: when }),
}));
export type EventBody = (typeof eventBodies)[number];
