import { z } from "zod";
import { importKinds, importStates } from "../../../drizzle/schema/imports";
import { Id, TimeOut } from "../../lib/fields";
import { PageQuery } from "../../lib/page";
import { outcomes } from "./import-plan";
import { roleNames } from "./import-roles";

export const IMPORT_ROWS_MAX = 20_000;
/** Rows that were not simply added, of a whole import. */
export const PROBLEMS_MAX = 1_000;

const Cells = z.record(z.string(), z.unknown()).meta({ type: "object", additionalProperties: true });

export const NewImport = z
  .object({
    campaign_id: Id,
    kind: z.enum(importKinds).default("participants"),
    csv: z
      .string()
      .min(1)
      .optional()
      .meta({ description: "A file's text: CSV, with any separator. The first line names the columns." }),
    rows: z
      .array(z.union([Cells, z.string(), z.number()]))
      .min(1)
      .max(IMPORT_ROWS_MAX)
      .optional()
      .meta({
        type: "array",
        items: Cells,
        maxItems: IMPORT_ROWS_MAX,
        description: "Instead of `csv`: objects with the same keys. Codes may be plain texts.",
      }),
    mapping: z
      .record(z.string(), z.enum(roleNames).nullable())
      .optional()
      .meta({
        type: "object",
        additionalProperties: { type: ["string", "null"], enum: [...roleNames, null] },
        description:
          "What each column holds, by its name. Columns that are not named here are left out. Without it, we recognize columns by their names. Only for participants.",
        example: { "E-mail address": "email", "First name": "first_name" },
      }),
    dry_run: z.boolean().default(false).meta({ description: "Only says what would happen. Nothing is stored." }),
    emails: z.boolean().default(false).meta({
      description: "Send new participants the campaign's emails. An import that sent any cannot be undone.",
    }),
    webhooks: z.boolean().default(false).meta({
      description: "Send webhooks about new participants. An import that sent any cannot be undone.",
    }),
  })
  .meta({ id: "NewImport", description: "Participants or coupon codes to import." });
export type NewImport = z.infer<typeof NewImport>;

const Problem = z
  .object({
    line: z.int().meta({ description: "The line of the text, or the place of the row, from 1." }),
    outcome: z.string(),
    message: z.string(),
  })
  .meta({ id: "ImportProblem", description: "A row that was not simply added. It has no personal data." });
export type Problem = z.infer<typeof Problem>;

const KNOWN = Object.keys(outcomes).join("`, `");

export const Import = z
  .object({
    id: z.int().nullable().meta({ description: "Null for a preview, which is not stored." }),
    campaign_id: z.int(),
    kind: z.enum(importKinds),
    status: z.enum(["preview", ...importStates, "undoing"]),
    rows: z.int(),
    rows_done: z.int(),
    counts: z.record(z.string(), z.int()).meta({
      type: "object",
      additionalProperties: { type: "integer" },
      description: `How many rows had which outcome: \`${KNOWN}\`, or for codes \`added\`, \`duplicates\`, \`invalid\`, \`filled\`, and \`used\`.`,
      example: { added: 980, known: 18, invalid: 2 },
    }),
    problems: z.array(Problem).meta({ description: "The first 1,000 rows that were not simply added." }),
    columns: z
      .array(z.object({ name: z.string(), holds: z.enum(roleNames).nullable() }))
      .optional()
      .meta({ description: "In a preview and a new import: what we read each column as." }),
    kept: z.int().nullable().meta({ description: "After it was undone: how many participants or codes stayed." }),
    date_added: TimeOut.nullable(),
    date_done: TimeOut.nullable(),
  })
  .meta({ id: "Import", description: "An import of participants or coupon codes, and how far it is." });
export type Import = z.input<typeof Import>;

export const ImportQuery = PageQuery;
export const ImportParam = z.object({ importId: Id });
