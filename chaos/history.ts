/** What a client knows of a request: `unknown` when no answer came, or one that says nothing of whether it took effect. */
export type Outcome = "ok" | "failed" | "unknown";

export type SignUp = {
  email: string;
  /** Whose code it came with; null without one. */
  referrer: number | null;
  outcome: Outcome;
  /** Some try of it got no answer: it may have taken effect, whatever a later one said. */
  inDoubt: boolean;
  /** What the answer said: the participant, whether this call attributed him, and the codes of rewards. */
  id: number | null;
  attributed: boolean | null;
  told: { reward: number; code: string }[];
};
export type Upload = { codes: string[]; outcome: Outcome };

/** Written by the clients, never by the system under test. */
export class History {
  signups: SignUp[] = [];
  uploads: Upload[] = [];
  clicks: Outcome[] = [];
  impressions: Outcome[] = [];
  requests: Record<Outcome, number> = { ok: 0, failed: 0, unknown: 0 };
  retries = 0;
  /** Answers of 5xx other than a 503 with Retry-After. */
  badAnswers: string[] = [];
  /** Refusals for which the client gave no cause. */
  refusals: string[] = [];
}
