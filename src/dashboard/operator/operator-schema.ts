import { z } from "zod";
import { Id, line } from "../../lib/fields";

export const Token = z.object({ token: z.string().min(1).max(1000) });

/** `q`: the beginning of an address. `before`: the id that the last page ended with. */
export const MemberQuery = z.object({
  q: line(320).toLowerCase().catch(""),
  before: Id.nullable().catch(null),
});
export type MemberQuery = z.infer<typeof MemberQuery>;
