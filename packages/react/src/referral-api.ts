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

/** The channels of shares and clicks. */
export const SOCIAL_TYPES = {
  facebook: 1,
  x: 2,
  linkedin: 3,
  email: 4,
  whatsapp: 5,
  link: 6,
  sms: 7,
  telegram: 8,
  messenger: 9,
  reddit: 10,
  pinterest: 11,
  qr: 12,
} as const;
export type Channel = keyof typeof SOCIAL_TYPES;

/** One of the participant's friends. Their name is shortened, or null if it may not be shown. */
export type Friend = { name: string | null; status: "joined" | "waiting"; date_joined: string };

/** A participant's own data. */
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
  /** New participants get these with the first `refresh()`. */
  status?: "active" | "pending" | "blocked";
  checkout_code?: string | null;
  share_count?: number;
  friends?: Friend[];
  /** Store credit, in the currency's minor unit. */
  credit?: { currency: string; amount: number; value: number }[];
  waitlist?: { position: number; [field: string]: unknown } | null;
};
export type JoinOptions = {
  email: string;
  name?: string;
  metadata?: Record<string, unknown>;
  /** Answers to the campaign's questions, by their keys: those of `useCampaign().fields`. */
  answers?: Record<string, string | boolean | null>;
  /** The response of your Turnstile widget, if the campaign has Turnstile keys. */
  turnstileToken?: string;
};
/** `joined`: they see their link. `already`: they had joined before, and get an email with their link. `confirm`: they must confirm their email first. */
export type Joined = "joined" | "already" | "confirm";

/** A refusal. Status 0: there was no response. */
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
    throw new ReferralError(0, "connection_failed", `No response from ${baseUrl}: ${cause}`);
  }
  if (!response.ok) throw new ReferralError(response.status, String(answer.code), String(answer.error));
  return answer.data as T;
}
