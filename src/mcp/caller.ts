import type { Member } from "../auth/credential";
import type { MemberCtx } from "../lib/ctx";

export type Scope = "read" | "write";

/** Who calls a tool: an API key, a member's token, or a person through an app that they connected. */
export type Caller = {
  member: Member;
  ctx: MemberCtx;
  scopes: readonly Scope[];
  /** Names the credential. What one caller previewed, no other one can confirm. */
  name: string;
  /** What to do about a missing scope. */
  remedy: string;
};
