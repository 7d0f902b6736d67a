import { z } from "zod";

export const Plan = z
  .object({
    id: z.int(),
    name: z.string(),
    price: z.number().meta({ description: "Dollars per period." }),
    campaigns_participants: z.int().meta({ description: "Participants across the account. 0: unlimited." }),
    no_of_domains: z.int().meta({ description: "Brands. 0: unlimited." }),
    unit: z.string().meta({ description: "The unit of a period." }),
    no_unit: z.int().meta({ description: "Units in a period." }),
    days: z.int().meta({ description: "Days in a period." }),
  })
  .meta({
    id: "Plan",
    description: "A plan and its limits; 0 is unlimited.",
    example: {
      id: 2,
      name: "Growth",
      price: 9,
      campaigns_participants: 0,
      no_of_domains: 10,
      unit: "month",
      no_unit: 1,
      days: 30,
    },
  });
export type Plan = z.infer<typeof Plan>;

export const PlanList = z.object({ plans: z.array(Plan) });
