import { z } from "zod";
import { roles } from "../../../drizzle/schema/sessions";
import { Email, Flag, Id } from "../../lib/fields";

const RoleIn = z.enum(roles, "must be owner, editor, or viewer");

export const NewColleague = z.object({ email: Email, role: RoleIn });
export type NewColleague = z.infer<typeof NewColleague>;

export const RoleChange = z.object({ role: RoleIn });
export const Removal = z.object({ keep_keys: Flag.default(false) });

export const TeamSecurity = z
  .object({
    second_factor_required: z.boolean().meta({
      description: "Whether everyone who works in the account needs two-step verification, its owner included.",
    }),
  })
  .meta({ id: "TeamSecurity", description: "What everyone who works in the account needs." });
export type TeamSecurity = z.infer<typeof TeamSecurity>;
export const TeamParam = z.object({ id: Id });
