/**
 * The outcome of a request, as seen by the client: `unknown` if there was no response, or one that does not show
 * whether it took effect.
 */
export type Outcome = "ok" | "failed" | "unknown";

export type SignUp = {
  email: string;
  /** The referrer's id, or null without a code. */
  referrer: number | null;
  outcome: Outcome;
  /** A try got no response, so it may have taken effect, whatever a later one said. */
  inDoubt: boolean;
  /** From the response: the participant and their referral code, whether this call attributed them, and the coupon codes of rewards. */
  id: number | null;
  code: string | null;
  attributed: boolean | null;
  told: { reward: number; code: string }[];
};
type Upload = { codes: string[]; outcome: Outcome };

/** The clients write it, never the system under test. */
export class History {
  signups: SignUp[] = [];
  uploads: Upload[] = [];
  clicks: Outcome[] = [];
  impressions: Outcome[] = [];
  requests: Record<Outcome, number> = { ok: 0, failed: 0, unknown: 0 };
  retries = 0;
  /** When the last request that a full database may reject ends, by `performance.now()`. */
  isFullUntil = 0;
  /** The number of requests rejected by a full database. */
  full = 0;
  /** 5xx responses other than a 503 with Retry-After. */
  badAnswers: string[] = [];
  /** Unexpected rejections. */
  refusals: string[] = [];
}
