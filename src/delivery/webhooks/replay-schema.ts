import { z } from "zod";
import { eventTypes } from "../../../drizzle/schema/webhooks";
import { integer, TimeIn } from "../../lib/fields";

const range = {
  from: TimeIn.nullish().meta({ description: "Only events at or after this time, at most 30 days ago." }),
  to: TimeIn.nullish().meta({ description: "Only events up to this time. Default: now." }),
};

export const Replay = z
  .object({
    ...range,
    after_sequence: integer(0, Number.MAX_SAFE_INTEGER).nullish().meta({
      description:
        "Only events with higher numbers. If `from` or `to` is also set, both conditions apply. Use `next` of the previous response.",
    }),
    types: z
      .array(z.enum(eventTypes))
      .min(1)
      .max(100)
      .nullish()
      .meta({ description: "Only events of these types, among those that the webhook gets. Null: all of them." }),
  })
  .refine(({ from, after_sequence }) => from != null || after_sequence != null, {
    path: ["from"],
    message: "is required unless after_sequence is sent",
  })
  .meta({ id: "Replay", description: "The events to send to a webhook." });
export type Replay = z.infer<typeof Replay>;

/** The dashboard's form. */
export const ReplayForm = z.object({ from: TimeIn, to: z.preprocess((sent) => (sent === "" ? null : sent), range.to) });

export const ReplayedEvents = z
  .object({
    replayed: z.int().meta({ description: "The number of events that are being sent." }),
    next: z.int().nullable().meta({
      description:
        "Null if that was everything. Otherwise send it as `after_sequence`, and leave the rest of the request unchanged.",
    }),
  })
  .meta({ id: "ReplayedEvents", description: "The number of events sent, and how to continue." });
export type ReplayedEvents = z.infer<typeof ReplayedEvents>;
