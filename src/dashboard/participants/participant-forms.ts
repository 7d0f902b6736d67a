import { z } from "zod";
import { Metadata, ParticipantChange } from "../../ledger/records/participant-schema";
import { Id, QueriedEmail } from "../../lib/fields";
import { filter } from "../../lib/page";
import { NewSignup } from "../../participants/signups/signup-schema";

/** Ignores invalid query parameters. */
const maybe = <S extends z.ZodType>(schema: S) => filter(schema).catch(undefined);

const status = z.enum(["active", "pending", "blocked"]);

/** `after` is the last participant ID on the previous page. */
export const PeopleQuery = z.object({
  q: maybe(QueriedEmail),
  name: maybe(z.string().trim().max(200)),
  campaign_id: maybe(Id),
  status: maybe(status),
  invited_by: maybe(Id),
  rewarded: maybe(z.literal("yes")),
  sort: maybe(z.enum(["newest", "referrals"])),
  after: maybe(Id),
  view: maybe(Id),
});
export type PeopleQuery = z.infer<typeof PeopleQuery>;
/** For a campaign's page. */
export const CampaignPeopleQuery = PeopleQuery.omit({ campaign_id: true });

export const StatusForm = z.object({ status });

const CHOSEN_MAX = 100;
export const ChosenForm = z.object({
  status,
  ids: z
    .array(Id)
    .min(1, "Select at least one participant.")
    .max(CHOSEN_MAX, `You can change at most ${CHOSEN_MAX} participants at a time.`),
});
export type ChosenForm = z.infer<typeof ChosenForm>;

const JsonText = z.string().transform((text, c) => {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    c.addIssue({ code: "custom", message: 'must be JSON, like {"source": "checkout"}' });
    return z.NEVER;
  }
});

/** The API's fields, with the metadata typed as JSON. */
export const PersonForm = ParticipantChange.pick({
  email: true,
  name: true,
  external_id: true,
  checkout_code: true,
}).extend({
  metadata: JsonText.pipe(Metadata).nullable(),
});

/** A referral code, given as the code or as a share link. */
export const TypedCode = z
  .string()
  .trim()
  .max(1000)
  .transform((text) => /\/t\/([^/?#\s]+)/.exec(text)?.[1] ?? text);

/** The API's fields, with an optional referral code. */
export const NewPersonForm = NewSignup.pick({ email: true, name: true, external_id: true }).extend({
  referral_code: TypedCode.nullish(),
});
export type NewPersonForm = z.infer<typeof NewPersonForm>;
