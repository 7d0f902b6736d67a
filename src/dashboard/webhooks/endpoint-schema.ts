import { z } from "zod";
import { deliveryStatuses, eventTypes } from "../../../drizzle/schema/webhooks";
import { Id } from "../../lib/fields";
import { filter } from "../../lib/page";

export { deliveryStatuses };

/** The filters of an endpoint's deliveries. Invalid filters are ignored. */
export const DeliveryLook = z.object({
  status: z.enum(deliveryStatuses).optional().catch(undefined),
  type: z.enum(eventTypes).optional().catch(undefined),
  /** Only deliveries of events with lower IDs are shown. */
  before: z
    .string()
    .regex(/^[\w-]{1,100}$/)
    .optional()
    .catch(undefined),
  view: filter(Id).catch(undefined),
});
export type DeliveryLook = z.infer<typeof DeliveryLook>;
