import type { Db, Statement } from "./db";
import type { Env } from "./env";

/** What a named key may do. */
type NamedKey = {
  scopes: ("read" | "write" | "signup")[];
  /** The websites where a publishable key works. Null for secret keys. */
  origins: string[] | null;
};

type Actor =
  | { kind: "public" }
  /**
   * `memberId` is the account; `personId` is the person who acts in it, if known. `tokenEpoch` is set for tokens,
   * `keyPrefix` for API keys, and `named` for named keys; all others may do everything. In test mode, `memberId` is the
   * twin of the account `ownerId`.
   */
  | {
      kind: "member";
      memberId: number;
      personId?: number | null;
      keyHash: string | null;
      keyPrefix?: string;
      tokenEpoch?: number;
      named?: NamedKey;
      /**
       * The brands that the person sees. Undefined means all. The dashboard's access check blocks everything else for
       * them.
       */
      brandIds?: number[];
      ownerId?: number;
    }
  | { kind: "operator" }
  /** `isProven`: the token came through the participant's email. `issued`: when the token was issued. */
  | { kind: "participant"; campaignId: number; participantId: number; isProven: boolean; issued: Date };

/** What a use case gets: the actor, the database, the environment and the clock. */
export type Ctx = {
  actor: Actor;
  db: Db;
  env: Env;
  now: () => Date;
  /** Runs work that may finish after the response. Failures are logged and change nothing. */
  later: (work: Promise<unknown>) => void;
  /** Scheme and host of this request's share links. */
  origin: string;
  /** The id of the event that this request causes. A retry with the same Idempotency-Key gets the same id. */
  requestEvent: string;
  /** Statements to add to the transaction that this request commits. */
  effects: Statement[];
};

type CtxOf<K extends Actor["kind"]> = Omit<Ctx, "actor"> & { actor: Extract<Actor, { kind: K }> };

/** The context of a use case that acts for a member. The member is already authenticated. */
export type MemberCtx = CtxOf<"member">;
export type ParticipantCtx = CtxOf<"participant">;

/** The context of queue consumers and cron jobs. They have no actor. */
export type JobCtx = Pick<Ctx, "db" | "env" | "now">;
