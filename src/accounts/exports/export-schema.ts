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
      .meta({ description: "`jsonl` contains the objects that the list returns, one JSON object per line." }),
    filters: z
      .record(z.string().max(50), z.union([z.string().max(500), z.number()]))
      .default({})
      .meta({
        type: "object",
        additionalProperties: { type: ["string", "integer"] },
        description: "Filters of the list, like `campaign_id` or `status`. `campaign_id` is required for coupons.",
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
    status: z.literal("ready").meta({ description: "Always `ready`: the file is generated while you download it." }),
    file_url: z.string().meta({ description: "Download it with the same API key." }),
    date_added: TimeOut,
    expires_at: TimeOut,
  })
  .meta({ id: "Export", description: "A list as a file, available for one week. Each download has the current rows." });
export type Export = z.input<typeof Export>;

export const ExportQuery = PageQuery;
export const ExportParam = z.object({ exportId: Id });
