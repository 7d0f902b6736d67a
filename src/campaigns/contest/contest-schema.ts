import { z } from "zod";
import { contestWeightings } from "../../../drizzle/schema/contests";
import { Flag, Id, integer, prose, RequiredName, TimeIn, TimeOut } from "../../lib/fields";
import { ALGORITHM } from "./draw";

export const Weighting = z.enum(contestWeightings).meta({
  description: "`entries`: 1 entry per participant plus 1 per credited referral. `uniform`: 1 entry each.",
});

export const ContestChange = z
  .object({
    contest_name: RequiredName,
    description: prose(5000).nullable(),
    start_date: TimeIn,
    end_date: TimeIn,
    max_winners: integer(1, 1000),
    max_display: integer(1, 1000),
    is_on: Flag,
    weighting: Weighting,
  })
  .partial()
  .meta({ id: "ContestChange", description: "The contest settings to change." });
export type ContestChange = z.infer<typeof ContestChange>;

/** A time to the minute, as in form fields. */
const minuteOf = (date: Date) => date.toISOString().slice(0, 16);

/** Form fields have no seconds. If the minute is unchanged, the original time is kept. */
const kept = (sent: Date | null | undefined, shown: Date | null | undefined) =>
  sent && shown && minuteOf(sent) === minuteOf(shown) ? shown : (sent ?? undefined);

/** A contest as its form sends it: times to the minute, with the original times in separate fields. */
export const ContestForm = ContestChange.extend({
  start_date: TimeIn.nullish(),
  end_date: TimeIn,
  shown_start: TimeIn.nullish(),
  shown_end: TimeIn.nullish(),
}).transform(
  ({ shown_start, shown_end, start_date, end_date, ...rest }): ContestChange => ({
    ...rest,
    start_date: kept(start_date, shown_start),
    end_date: kept(end_date, shown_end),
  }),
);

export const Winner = z
  .object({ participant_id: z.int(), index: z.int(), entries: z.int() })
  .meta({ id: "ContestWinner", description: "`index` is the line in the list of entrants, starting at 0." });

export const draw = {
  algorithm: z.literal(ALGORITHM),
  commitment: z.string().meta({ description: "SHA-256 of the seed, in hex. Public from the start; it never changes." }),
  committed_at: TimeOut,
  seed: z.string().nullable().meta({ description: "32 bytes in hex. Null before the draw." }),
  entrants_hash: z.string().nullable().meta({ description: "SHA-256 of the list of entrants, in hex." }),
  entrants_count: z.int().nullable(),
  total_entries: z.int().nullable(),
  winner_indices: z.array(z.int()).meta({ description: "The winners' lines in the list, in drawing order." }),
  entrants_url: z.string().meta({ description: "The list of entrants. Returns 404 before the draw." }),
};

export const Contest = z
  .object({
    campaign_id: z.int(),
    number: z.int().meta({ description: "The contest's number in the campaign, including removed contests." }),
    contest_name: z.string(),
    description: z.string().nullable(),
    start_date: TimeOut,
    end_date: TimeOut,
    max_winners: z.int(),
    max_display: z.int(),
    is_on: z.boolean(),
    weighting: Weighting,
    drawn_at: TimeOut.nullable(),
    changes: z.int().meta({ description: "The number of changes to the dates or `max_winners` after the start." }),
    winners: z.array(
      Winner.extend({ name: z.string().nullable() }).meta({
        id: "NamedContestWinner",
        description: "`name` is null if the participant was erased.",
      }),
    ),
    draw: z
      .object(draw)
      .meta({ id: "ContestDraw", description: "Everything needed to verify how the winners were drawn." }),
  })
  .meta({ id: "Contest", description: "A prize draw among a campaign's participants." });
export type Contest = z.input<typeof Contest>;

export const DeletedContest = z.object({ campaign_id: z.int(), deleted: z.literal(true) }).meta({
  id: "DeletedContest",
  description: "The deleted contest.",
  example: { campaign_id: 42, deleted: true },
});

export const ContestParam = z.object({ campaignId: Id });
