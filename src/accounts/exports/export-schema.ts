import { z } from "zod";
import { exportFormats, exportKinds } from "../../../drizzle/schema/exports";
import { Id, TimeOut } from "../../lib/fields";
import { PageQuery } from "../../lib/page";

export const NewExport = z
  .object({
    kind: z.enum(exportKinds),
    format: z
      .enum(exportFormats)
      .default("csv")
      .meta({ description: "`jsonl` has what the list returns, one JSON object per line." }),
    filters: z
      .record(z.string().max(50), z.union([z.string().max(500), z.number()]))
      .default({})
      .meta({
        type: "object",
        additionalProperties: { type: ["string", "integer"] },
        description: "Filters of the list, like `campaign_id` or `status`. Coupons need a `campaign_id`.",
        example: { campaign_id: 1, status: "active" },
      }),
  })
  .meta({ id: "NewExport", description: "A list to export." });
export type NewExport = z.infer<typeof NewExport>;

export const Export = z
  .object({
    id: z.int(),
    kind: z.enum(exportKinds),
    format: z.enum(exportFormats),
    filters: z
      .record(z.string(), z.union([z.string(), z.number()]))
      .meta({ type: "object", additionalProperties: { type: ["string", "integer"] } }),
    status: z.literal("ready").meta({ description: "The file is written while you download it." }),
    file_url: z.string().meta({ description: "Ask with the same API key." }),
    date_added: TimeOut,
    expires_at: TimeOut,
  })
  .meta({ id: "Export", description: "A list as a file, for a week. Each download has the rows of its moment." });
export type Export = z.input<typeof Export>;

export const ExportQuery = PageQuery;
export const ExportParam = z.object({ exportId: Id });
