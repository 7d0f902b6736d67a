import { z } from "zod";
import { eventTypes } from "../../../drizzle/schema/webhooks";
import { integer, TimeIn } from "../../lib/fields";

const range = {
  from: TimeIn.nullish().meta({ description: "Events that happened at or after this moment, at most 30 days ago." }),
  to: TimeIn.nullish().meta({ description: "Events that happened until this moment. Default: now." }),
};

export const Replay = z
  .object({
    ...range,
    after_sequence: integer(0, Number.MAX_SAFE_INTEGER).nullish().meta({
      description: "Events with higher numbers; with `from` and `to`, those of both. `next` of the response before.",
    }),
    types: z
      .array(z.enum(eventTypes))
      .min(1)
      .max(100)
      .nullish()
      .meta({ description: "Only these of the types that the webhook gets. Null: all of them." }),
  })
  .refine(({ from, after_sequence }) => from != null || after_sequence != null, {
    path: ["from"],
    message: "is required unless after_sequence is sent",
  })
  .meta({ id: "Replay", description: "Which events to send to a webhook." });
export type Replay = z.infer<typeof Replay>;

/** The form of the dashboard. */
export const ReplayForm = z.object({ from: TimeIn, to: z.preprocess((sent) => (sent === "" ? null : sent), range.to) });

export const ReplayedEvents = z
  .object({
    replayed: z.int().meta({ description: "How many events are on their way." }),
    next: z.int().nullable().meta({
      description:
        "Null if that was all. Otherwise send it as `after_sequence`, with the rest of the request unchanged.",
    }),
  })
  .meta({ id: "ReplayedEvents", description: "How many events were sent, and how to go on." });
export type ReplayedEvents = z.infer<typeof ReplayedEvents>;
