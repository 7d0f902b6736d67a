export type Goal = { type: "signup" | "visit"; target: number; current: number; met: boolean };
export type Reward = {
  id: number;
  role: "referrer" | "invited";
  type: string;
  status: string;
  coupon: string | null;
  redirect_url: string | null;
  custom_message: string | null;
  [field: string]: unknown;
};
export type Link = { social_type: number; url: string };

/** What a participant may know of themselves. */
export type Me = {
  name: string | null;
  referral_code: string;
  share_url: string;
  referral_count: number;
  click_count: number;
  links: Link[];
  goal: Goal;
  rewards: Reward[];
  rank: number | null;
};
export type JoinOptions = {
  email: string;
  name?: string;
  metadata?: Record<string, unknown>;
  /** The response of your Turnstile widget, if the campaign has Turnstile keys. */
  turnstileToken?: string;
};
/** `joined`: they see their link. `already`: they were in, and get an email with a link. `confirm`: they get an email first. */
export type Joined = "joined" | "already" | "confirm";

/** A refusal, or status 0 if no answer came. */
export class ReferralError extends Error {
  override readonly name = "ReferralError";
  readonly status: number;
  readonly code: string;
  constructor(status: number, code: string, message: string) {
    super(message);
    this.status = status;
    this.code = code;
  }
}

const PATIENCE_MS = 20_000;

/** Sends a request to the widget's API. @throws `ReferralError` */
export async function ask<T>(baseUrl: string, path: string, token?: string | null, body?: object): Promise<T> {
  let response: Response;
  let answer: { data?: T; code?: string; error?: string };
  try {
    response = await fetch(`${baseUrl.replace(/\/+$/, "")}/api/widget/${path}`, {
      method: body ? "POST" : "GET",
      headers: {
        ...(token && { Authorization: `Bearer ${token}` }),
        ...(body && { "Content-Type": "application/json" }),
      },
      body: body && JSON.stringify(body),
      credentials: "omit",
      signal: AbortSignal.timeout(PATIENCE_MS),
    });
    answer = await response.json();
  } catch (cause) {
    throw new ReferralError(0, "connection_failed", `No answer from ${baseUrl}: ${cause}`);
  }
  if (!response.ok) throw new ReferralError(response.status, String(answer.code), String(answer.error));
  return answer.data as T;
}
