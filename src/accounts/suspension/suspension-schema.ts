import { z } from "zod";
import { line, TimeOut } from "../../lib/fields";

const REASON_MAX = 500;

export const SuspensionChange = z
  .object({
    suspended: z.boolean(),
    reason: line(REASON_MAX)
      .min(1)
      .nullable()
      .default(null)
      .meta({ description: "For the operator and the audit log. Visitors never see it." }),
  })
  .meta({ id: "SuspensionChange", description: "A change to a suspension, with the reason." });
export type SuspensionChange = z.infer<typeof SuspensionChange>;

export const Suspension = z
  .object({ suspended_at: TimeOut.nullable(), reason: z.string().nullable() })
  .meta({ id: "Suspension", description: "The state of a suspension." });
export type Suspension = z.input<typeof Suspension>;
