import { z } from "zod";
import { Id } from "../lib/fields";

/** The campaign that a route's path names. */
export const CampaignParam = z.object({ campaignId: Id });
