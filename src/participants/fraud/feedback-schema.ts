import { z } from "zod";
import { kindClasses } from "../../fraud/reasons.ts";

export const FraudFeedback = z
  .object({
    campaign_id: z.int(),
    version: z.int().meta({ description: "Of the engine and its weights." }),
    reasons: z
      .array(
        z.object({
          code: z.string().meta({ example: "one_device_here" }),
          message: z.string(),
          kind: z.enum(kindClasses),
          reviewed: z
            .int()
            .meta({ description: "Referrers that a person decided about, of the latest 1,000 reviews." }),
          confirmed: z.int().meta({ description: "Those of them who were denied." }),
          factor: z.number().min(0.5).max(1.5).meta({
            description: "What new reviews multiply the reason's weight by. 1 until people decided something.",
          }),
        }),
      )
      .meta({ description: "Those with verdicts of people, the most frequent first." }),
  })
  .meta({ id: "FraudFeedback", description: "How often people confirmed what looked like fraud in a campaign." });
export type FraudFeedback = z.input<typeof FraudFeedback>;
