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
  .meta({ id: "SuspensionChange", description: "Whether something is suspended, and why." });
export type SuspensionChange = z.infer<typeof SuspensionChange>;

export const Suspension = z
  .object({ suspended_at: TimeOut.nullable(), reason: z.string().nullable() })
  .meta({ id: "Suspension", description: "Whether something is suspended." });
export type Suspension = z.input<typeof Suspension>;
