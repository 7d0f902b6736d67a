import { z } from "zod";
import { Id, QueriedEmail } from "../../lib/fields";

export const Token = z.object({ token: z.string().min(1).max(1000) });

/** `q` is the start of an email address. `before` is the last ID on the previous page. */
export const MemberQuery = z.object({
  q: QueriedEmail.catch(""),
  before: Id.nullable().catch(null),
});
export type MemberQuery = z.infer<typeof MemberQuery>;

export const HeldOutbox = z.object({ outbox: z.string().max(40), reason: z.string().max(100) });
export const SkippedUntil = z.object({
  outbox: z.string().max(40),
  before: z
    .string()
    .regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}$/, "must be a date and a time")
    .transform((text) => new Date(`${text}Z`))
    .refine((moment) => !Number.isNaN(moment.getTime()), "must be a date and a time"),
});
export const FailureCode = z.object({ code: z.string().min(1).max(100) });
export const DeadLetterParam = z.object({ letterId: Id });
