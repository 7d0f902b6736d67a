import type { Db, Statement } from "./db";
import type { Env } from "./env";

/** Who is asking. */
type Actor =
  | { kind: "public" }
  /** `tokenEpoch`: of whom a token let in. `keyPrefix`: of whom a key did. */
  | { kind: "member"; memberId: number; keyHash: string | null; keyPrefix?: string; tokenEpoch?: number }
  | { kind: "operator" }
  | { kind: "participant"; campaignId: number; participantId: number };

/** What a use case may know. */
export type Ctx = {
  actor: Actor;
  db: Db;
  env: Env;
  now: () => Date;
  /** Work that may finish after the answer; a failure of it is logged and changes nothing. */
  later: (work: Promise<unknown>) => void;
  /** Scheme and host that share links of this request start with. */
  origin: string;
  /** Id of the event that this request's effect is written under; the same again when an Idempotency-Key repeats it. */
  requestEvent: string;
  /** Statements that belong into the transaction of whatever this request commits. */
  effects: Statement[];
};

type CtxOf<K extends Actor["kind"]> = Omit<Ctx, "actor"> & { actor: Extract<Actor, { kind: K }> };

/** A use case that acts for a member is handed this: the member is known, not looked for. */
export type MemberCtx = CtxOf<"member">;
export type ParticipantCtx = CtxOf<"participant">;

/** What the queue and the cron hand to their work: nobody asks, so there is no actor. */
export type JobCtx = Pick<Ctx, "db" | "env" | "now">;
