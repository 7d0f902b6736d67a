import { z } from "zod";
import { entryActions, entryKinds } from "../../../drizzle/schema/reviews";
import { Id, line, TimeIn, TimeOut } from "../../lib/fields";
import { filter, PageQuery } from "../../lib/page";

const VALUE = "An email, a domain, a network (`203.0.113.0/24`), an AS number, a country (`DE`), or a referrer's ID.";

export const NewEntry = z
  .object({
    kind: z.enum(entryKinds),
    value: line(320).meta({ description: VALUE }),
    action: z.enum(entryActions).meta({
      description:
        "`allow`: never suspicious, whatever the score. `block`: always suspicious. A block takes precedence over an allow.",
    }),
    note: line(500).nullish(),
    expires_at: TimeIn.nullish().meta({ description: "The time when the entry expires." }),
  })
  .meta({ id: "NewListEntry", description: "A value that is always, or never, suspicious in your account." });
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
  .meta({ id: "ListEntry", description: "An entry of your fraud lists." });

export const EntryQuery = PageQuery.extend({
  kind: filter(z.enum(entryKinds)),
  action: filter(z.enum(entryActions)),
  q: filter(line(320)).meta({
    type: "string",
    maxLength: 320,
    description: "Part of the value or the note. Not case-sensitive.",
  }),
});
export type EntryQuery = z.infer<typeof EntryQuery>;

export const EntryParam = z.object({ entryId: Id });
