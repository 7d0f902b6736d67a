import { z } from "zod";
import { roles } from "../../../drizzle/schema/sessions";
import { Email, Flag, Id } from "../../lib/fields";

const RoleIn = z.enum(roles, "must be owner, editor, or viewer");

/** The brands that a colleague can see. Null: all. */
const BrandIds = z
  .array(Id)
  .max(500)
  .nullish()
  .transform((ids) => (ids && ids.length > 0 ? [...new Set(ids)] : null));

const access = { role: RoleIn, brand_ids: BrandIds };

/** Owners manage the whole account, so limiting their brands would have no effect. */
const isWhole = ({ role, brand_ids }: { role: string; brand_ids: number[] | null }) =>
  role !== "owner" || brand_ids === null;
const WHOLE = { path: ["brand_ids"], message: "Owners see all brands. Choose another role, or remove the brands." };

export const NewColleague = z.object({ email: Email, ...access }).refine(isWhole, WHOLE);
export type NewColleague = z.infer<typeof NewColleague>;

export const RoleChange = z.object(access).refine(isWhole, WHOLE);
export type RoleChange = z.infer<typeof RoleChange>;
export const Removal = z.object({ keep_keys: Flag.default(false) });

export const TeamSecurity = z
  .object({
    second_factor_required: z.boolean().meta({
      description: "Whether everyone on the team needs two-step verification, including the owner.",
    }),
  })
  .meta({ id: "TeamSecurity", description: "The team's security settings." });
export type TeamSecurity = z.infer<typeof TeamSecurity>;
export const TeamParam = z.object({ id: Id });
