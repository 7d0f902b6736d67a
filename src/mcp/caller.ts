import type { Member } from "../auth/credential";
import type { MemberCtx } from "../lib/ctx";

export type Scope = "read" | "write";

/** The caller of a tool: an API key, a member's token, or a person through an app that they connected. */
export type Caller = {
  member: Member;
  ctx: MemberCtx;
  scopes: readonly Scope[];
  /** Identifies the credential. Only the caller who requested a preview can confirm it. */
  name: string;
  /** How to get a missing scope. */
  remedy: string;
};
