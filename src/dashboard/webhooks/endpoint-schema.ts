import { z } from "zod";
import { deliveryStatuses, eventTypes } from "../../../drizzle/schema/webhooks";

export { deliveryStatuses, eventTypes };

/** What a page shows of an endpoint's deliveries. A filter that does not exist is none. */
export const DeliveryLook = z.object({
  status: z.enum(deliveryStatuses).optional().catch(undefined),
  type: z.enum(eventTypes).optional().catch(undefined),
  /** The event id below which the page begins. */
  before: z
    .string()
    .regex(/^[\w-]{1,100}$/)
    .optional()
    .catch(undefined),
});
export type DeliveryLook = z.infer<typeof DeliveryLook>;
