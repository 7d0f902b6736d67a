import { z } from "zod";
import { Id } from "../lib/fields";

export const CampaignParam = z.object({ campaignId: Id });
