import { z } from "zod";
import { Id, TimeOut } from "../../lib/fields";
import { filter } from "../../lib/page";
import { ContestParam, draw, Weighting, Winner } from "./contest-schema";

const terms = {
  campaign_id: z.int(),
  number: z
    .int()
    .meta({ description: "The contest's number in the campaign, including removed contests. Starts at 1." }),
  start_date: TimeOut,
  end_date: TimeOut,
  max_winners: z.int(),
  weighting: Weighting,
  drawn_at: TimeOut.nullable(),
};

const previous_hash = z.string().nullable().meta({
  description: "The hash of the record of the campaign's previous contest, published when this one was created.",
});

/** A removed contest, with everything its hash covers. */
const ContestRecord = z
  .object({
    ...terms,
    commitment: z.string(),
    committed_at: TimeOut,
    seed: z.string().nullable().meta({ description: "Null if the contest was removed before its draw." }),
    entrants_hash: z.string().nullable(),
    removed_at: TimeOut,
    previous_hash,
  })
  .meta({ id: "ContestRecord", description: "The record of a draw. It is enough to recompute the winners." });

/** Everything needed to verify a draw. People appear by ID only. */
export const PublicDraw = z
  .object({
    ...terms,
    ...draw,
    winners: z.array(Winner),
    known_participant: z.int().nullable().meta({
      description:
        "The campaign's highest participant ID when the commitment was published. Entrants up to this ID were known then. Null for contests from before this was recorded.",
    }),
    changes: z.int().meta({ description: "The number of changes to the dates or `max_winners` after the start." }),
    changed_at: TimeOut.nullable(),
    removed_at: TimeOut.nullable().meta({ description: "The time when the organizer removed the contest." }),
    latest_number: z.int().meta({ description: "The number of the campaign's latest contest." }),
    previous_hash,
    records: z.array(ContestRecord).meta({ description: "The campaign's removed contests, newest first. Up to 100." }),
  })
  .meta({ id: "PublicContestDraw", description: "The public data of a contest's draw." });
export type PublicDraw = z.input<typeof PublicDraw>;

const number = filter(Id).meta({
  description: "The number of one of the campaign's contests. Default: the current contest, or else the latest.",
});
export const ProofQuery = z.object({ number });
/** For a page: anything but a number means the default. */
export const ProofPageQuery = z.object({
  number: Id.optional().catch(undefined).meta({ type: "integer" }),
  lang: z.string().max(35).optional().catch(undefined).meta({
    type: "string",
    description: "The page's language, if supported. Otherwise the browser's language applies.",
  }),
});
export { ContestParam };

/** Accepts any text. An unknown slug leads to a 404. */
const Slug = z.string().max(200).meta({ type: "string", example: "acme-com" });

export const BrandDrawsParam = z.object({ slug: Slug });

export const BrandDraw = z
  .object({
    campaign_id: z.int(),
    number: z.int(),
    contest_name: z.string().nullable().meta({ description: "Null if the campaign was deleted." }),
    start_date: TimeOut,
    end_date: TimeOut,
    drawn_at: TimeOut,
    entrants_count: z.int(),
    winners_count: z.int(),
    removed_at: TimeOut.nullable(),
    proof_url: z.string(),
  })
  .meta({ id: "BrandDraw", description: "One of the brand's contests, with its draw." });
export type BrandDraw = z.input<typeof BrandDraw>;
