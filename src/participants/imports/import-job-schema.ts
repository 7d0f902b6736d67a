import { z } from "zod";
import { importKinds, importStates } from "../../../drizzle/schema/imports";
import { Id, TimeOut } from "../../lib/fields";
import { PageQuery } from "../../lib/page";
import { outcomes } from "./import-plan";
import { roleNames } from "./import-roles";

export const IMPORT_ROWS_MAX = 20_000;
/** The maximum number of problem rows in the result of a whole import. */
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
      .meta({ description: "The text of a CSV file, with any separator. The first line contains the column names." }),
    rows: z
      .array(z.union([Cells, z.string(), z.number()]))
      .min(1)
      .max(IMPORT_ROWS_MAX)
      .optional()
      .meta({
        type: "array",
        items: Cells,
        maxItems: IMPORT_ROWS_MAX,
        description: "Instead of `csv`: objects with the same keys. Codes can be plain strings.",
      }),
    mapping: z
      .record(z.string(), z.enum(roleNames).nullable())
      .optional()
      .meta({
        type: "object",
        additionalProperties: { type: ["string", "null"], enum: [...roleNames, null] },
        description:
          "The role of each column, by name. Other columns are ignored. By default, we recognize columns by their names. Only for participants.",
        example: { "E-mail address": "email", "First name": "first_name" },
      }),
    dry_run: z.boolean().default(false).meta({ description: "Preview the result without storing anything." }),
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
    line: z.int().meta({ description: "The line number in the text, or the row number, starting at 1." }),
    outcome: z.string(),
    message: z.string(),
  })
  .meta({
    id: "ImportProblem",
    description: "A row with a result other than a plain addition. Contains no personal data.",
  });
export type Problem = z.infer<typeof Problem>;

const KNOWN = Object.keys(outcomes).join("`, `");

export const Import = z
  .object({
    id: z.int().nullable().meta({ description: "Null for a preview, because previews are not stored." }),
    campaign_id: z.int(),
    kind: z.enum(importKinds),
    status: z.enum(["preview", ...importStates, "undoing"]),
    rows: z.int(),
    rows_done: z.int(),
    counts: z.record(z.string(), z.int()).meta({
      type: "object",
      additionalProperties: { type: "integer" },
      description: `The number of rows with each outcome: \`${KNOWN}\`, or for codes \`added\`, \`duplicates\`, \`invalid\`, \`filled\`, and \`used\`.`,
      example: { added: 980, known: 18, invalid: 2 },
    }),
    problems: z.array(Problem).meta({ description: "The first 1,000 rows with a result other than a plain addition." }),
    columns: z
      .array(z.object({ name: z.string(), holds: z.enum(roleNames).nullable() }))
      .optional()
      .meta({ description: "In a preview and a new import: the role that we recognized for each column." }),
    kept: z
      .int()
      .nullable()
      .meta({ description: "After the import was undone: the number of participants or codes that stayed." }),
    date_added: TimeOut.nullable(),
    date_done: TimeOut.nullable(),
  })
  .meta({ id: "Import", description: "An import of participants or coupon codes, and its progress." });
export type Import = z.input<typeof Import>;

export const ImportQuery = PageQuery;
export const ImportParam = z.object({ importId: Id });
