import { z } from "zod";
import { TimeOut } from "../../lib/fields";

/** A member, with their campaigns' email figures for the last seven days. */
export const Sender = z
  .object({
    member_id: z.int(),
    email: z.string(),
    name: z.string(),
    is_verified: z.boolean(),
    mails_today: z.int(),
    mails: z.int().meta({ description: "In the last seven days." }),
    bounces: z.int(),
    complaints: z.int(),
    domains: z.array(z.object({ domain: z.string(), is_proven: z.boolean() })).meta({
      description: "The newest brands.",
    }),
    subjects: z.array(z.string()).meta({ description: "The newest campaigns' email subjects." }),
    sending_paused_at: TimeOut.nullable(),
    suspended_at: TimeOut.nullable(),
  })
  .meta({ id: "Sender", description: "An account that sends email, with its delivery results." });
export type Sender = z.input<typeof Sender>;

export const SenderList = z.object({ senders: z.array(Sender) });

export const SendingState = z
  .object({ member_id: z.int(), sending_paused_at: z.null() })
  .meta({ id: "SendingState", description: "Whether an account's campaigns may send email." });
