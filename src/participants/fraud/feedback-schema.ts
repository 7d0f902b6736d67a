import { z } from "zod";
import { kindClasses } from "../../fraud/reasons.ts";

export const FraudFeedback = z
  .object({
    campaign_id: z.int(),
    version: z.int().meta({ description: "The version of the engine and its weights." }),
    reasons: z
      .array(
        z.object({
          code: z.string().meta({ example: "one_device_here" }),
          message: z.string(),
          kind: z.enum(kindClasses),
          reviewed: z
            .int()
            .meta({ description: "The number of referrers that people decided about, in the latest 1,000 reviews." }),
          confirmed: z.int().meta({ description: "The number of these referrers who were denied." }),
          factor: z.number().min(0.5).max(1.5).meta({
            description: "The factor for the reason's weight in new reviews. 1 until people decide something.",
          }),
        }),
      )
      .meta({ description: "The reasons that people decided about, most frequent first." }),
  })
  .meta({ id: "FraudFeedback", description: "How often people confirmed suspected fraud in a campaign." });
export type FraudFeedback = z.input<typeof FraudFeedback>;
