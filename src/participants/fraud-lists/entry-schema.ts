import { z } from "zod";
import { entryActions, entryKinds } from "../../../drizzle/schema/reviews";
import { Id, line, TimeIn, TimeOut } from "../../lib/fields";
import { filter, PageQuery } from "../../lib/page";

const VALUE =
  "An email, a domain, a network (`203.0.113.0/24`), the number of an AS, a country (`DE`), or the ID of a referrer.";

export const NewEntry = z
  .object({
    kind: z.enum(entryKinds),
    value: line(320).meta({ description: VALUE }),
    action: z.enum(entryActions).meta({
      description: "`allow`: never suspect, whatever the score. `block`: always suspect. A block beats an allow.",
    }),
    note: line(500).nullish(),
    expires_at: TimeIn.nullish().meta({ description: "From then on, the entry counts no more." }),
  })
  .meta({ id: "NewListEntry", description: "What is always, or never, suspect in your account." });
export type NewEntry = z.infer<typeof NewEntry>;

export const ListEntry = z
  .object({
    id: z.int(),
    kind: z.enum(entryKinds),
    value: z.string(),
    action: z.enum(entryActions),
    note: z.string().nullable(),
    expires_at: TimeOut.nullable(),
    date_added: TimeOut,
  })
  .meta({ id: "ListEntry", description: "An entry of your lists against fraud." });

export const EntryQuery = PageQuery.extend({
  kind: filter(z.enum(entryKinds)),
  action: filter(z.enum(entryActions)),
  q: filter(line(320)).meta({
    type: "string",
    maxLength: 320,
    description: "A part of the value or of the note, in either case.",
  }),
});
export type EntryQuery = z.infer<typeof EntryQuery>;

export const EntryParam = z.object({ entryId: Id });
