type Goal = { type: string; target: number; current: number; met: boolean };
export type Reward = {
  id: number;
  role: string;
  type: string;
  status: string;
  coupon: string | null;
  redirect_url: string | null;
  custom_message: string | null;
  currency: string;
  why: string | null;
  confirm_email: boolean;
  held_until: string | null;
  expires_at?: string | null;
  coupon_last_day?: string | null;
  /** More fields, depending on the kind. */
  [field: string]: unknown;
};
export type Me = {
  name: string | null;
  referral_code: string;
  share_url: string;
  checkout_code?: string | null;
  referral_count: number;
  click_count: number;
  links: { social_type: number; url: string }[];
  goal: Goal;
  rewards: Reward[];
  rank: number | null;
  waitlist?: {
    position: number | null;
    of: number;
    admitted_at: string | null;
  } | null;
  friends?: { name: string | null; status: string }[];
  limit?: "total" | "month" | "budget" | null;
  credit?: { currency: string; value: number }[];
};
export type Joined = Omit<Me, "name" | "rewards" | "rank"> & {
  already_joined: boolean;
  needs_confirmation?: boolean;
  participant_token: string | null;
  reward: Reward | null;
};
export type Vouched = { is_new: boolean; needs_confirmation: boolean; participant_token: string | null };
export type Leader = { rank: number; name: string | null; referral_count: number; click_count: number };

/** `status` is 0 if there was no response. */
export type Answer<T> = { status: number; data?: T; code?: string; details?: { path: string }[] };

const PATIENCE_MS = 20_000;

/** Sends a request to the API. Never throws. */
export async function ask<T>(path: string, token?: string | null, body?: unknown): Promise<Answer<T>> {
  const abort = new AbortController();
  const timer = setTimeout(() => abort.abort(), PATIENCE_MS);
  try {
    const response = await fetch(`/api/widget/${path}`, {
      method: body === undefined ? "GET" : "POST",
      headers: {
        ...(token && { Authorization: `Bearer ${token}` }),
        ...(body !== undefined && { "Content-Type": "application/json" }),
      },
      body: body === undefined ? undefined : JSON.stringify(body),
      credentials: "omit",
      keepalive: body !== undefined,
      signal: abort.signal,
    });
    return { ...(await response.json()), status: response.status };
  } catch {
    return { status: 0 };
  } finally {
    clearTimeout(timer);
  }
}
