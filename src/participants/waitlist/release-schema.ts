import { z } from "zod";
import { Id, integer, TimeIn, TimeOut } from "../../lib/fields";

const IDS_MAX = 200;

const conditions = {
  min_referrals: integer(0, 1_000_000).meta({ description: "Only participants with at least this many referrals." }),
  signed_up_before: TimeIn,
  participant_ids: z.array(Id).min(1).max(IDS_MAX),
};

const Filter = z.strictObject(conditions).partial();
export type Conditions = z.infer<typeof Filter>;

export const NewRelease = z
  .object({
    count: integer(1, 1_000_000)
      .optional()
      .meta({ description: "The maximum number of participants, from the front of the line." }),
    filter: Filter.optional().meta({ description: "Only participants who match. Without `count`, all of them." }),
    dry_run: z.boolean().optional().meta({ description: "Preview who would be admitted." }),
  })
  .refine(({ count, filter }) => count !== undefined || Object.keys(filter ?? {}).length > 0, {
    message: "is required, unless a filter is set",
    path: ["count"],
  })
  .meta({ id: "NewRelease", description: "The participants to admit from the waitlist." });
export type NewRelease = z.infer<typeof NewRelease>;

export const Release = z
  .object({
    id: z.int(),
    campaign_id: z.int(),
    status: z.enum(["running", "done"]),
    count: z.int().nullable(),
    filter: z.object({
      min_referrals: z.int().nullable(),
      signed_up_before: TimeOut.nullable(),
      participant_ids: z.array(z.int()).nullable(),
    }),
    admitted: z.int().meta({ description: "The number of participants admitted so far." }),
    date_added: TimeOut,
    date_finished: TimeOut.nullable(),
  })
  .meta({ id: "Release", description: "A release of participants from the waitlist." });
export type Release = z.input<typeof Release>;

export const DryRelease = z
  .object({
    dry_run: z.literal(true),
    would_admit: z.int(),
    waiting: z.int(),
    first: z
      .array(z.object({ id: z.int(), name: z.string().nullable(), email: z.string(), referral_count: z.int() }))
      .meta({ description: "The first 20 of them, in line order." }),
  })
  .meta({ id: "DryRelease", description: "A preview of a release." });
export type DryRelease = z.input<typeof DryRelease>;

export const ReleaseResult = z
  .union([Release, DryRelease])
  .meta({ id: "ReleaseResult", description: "The release, or with `dry_run` its preview." });
