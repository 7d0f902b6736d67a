import { z } from "zod";
import { Id, line } from "../../lib/fields";

export const Token = z.object({ token: z.string().min(1).max(1000) });

/** `q` is the beginning of an email. `before` is the last ID of the page before. */
export const MemberQuery = z.object({
  q: line(320).toLowerCase().catch(""),
  before: Id.nullable().catch(null),
});
export type MemberQuery = z.infer<typeof MemberQuery>;
