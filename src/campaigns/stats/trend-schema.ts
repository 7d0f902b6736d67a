import { z } from "zod";

export const metrics = ["participants", "shares", "clicks", "impressions"] as const;
export type Metric = (typeof metrics)[number];

export const periods = [7, 30, 90] as const;

/** The chart's metric and number of days. Invalid values become the defaults. */
export const TrendQuery = z.object({
  metric: z.enum(metrics).catch("participants"),
  days: z.coerce.number().pipe(z.literal(periods)).catch(30),
});
export type TrendQuery = z.infer<typeof TrendQuery>;
