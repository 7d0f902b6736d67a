import { z } from "zod";
import type { campaignStages } from "../../../drizzle/schema/campaigns";

export const CampaignStatus = z.enum(["draft", "scheduled", "live", "paused", "ended", "archived"]).meta({
  id: "CampaignStatus",
  description: "A campaign's status. People can sign up while it is `live`.",
});
export type CampaignStatus = z.infer<typeof CampaignStatus>;

/**
 * The status of campaign `c` at a time in milliseconds, as SQL. No job runs when a campaign starts or ends; queries
 * compare its dates with the time.
 */
export const statusAt = (c: string, at: string | number) =>
  `CASE WHEN ${c}.stage IN ('draft', 'archived') THEN ${c}.stage WHEN ${c}.ends_at <= ${at} THEN 'ended'
    WHEN ${c}.stage = 'paused' THEN 'paused' WHEN ${c}.starts_at > ${at} THEN 'scheduled' ELSE 'live' END`;

export type Lifecycle = { stage: (typeof campaignStages)[number]; starts_at: Date | null; ends_at: Date | null };

/** `statusAt` for a loaded row. */
export function campaignStatus({ stage, starts_at, ends_at }: Lifecycle, now: Date): CampaignStatus {
  if (stage === "draft" || stage === "archived") return stage;
  if (ends_at && ends_at <= now) return "ended";
  if (stage === "paused") return "paused";
  return starts_at && starts_at > now ? "scheduled" : "live";
}

const SAID: Record<string, string> = {
  draft: "is a draft",
  scheduled: "has not started yet",
  paused: "is paused",
  ended: "has ended",
  archived: "is archived",
};

/** Why nobody can sign up while a campaign has this status. */
export const notLive = (status: unknown) =>
  `The campaign ${SAID[String(status)] ?? "is not live"}. Set its status to live.`;
