// The OpenAPI document's examples, with consistent values. The tests check them against the document.

const CODE = "NDI6Njo3.x1Yz-0aBcDeFgH";
const AT = "2026-01-31T12:00:00.000Z";
const SHARE_URL = `https://referrals.example.com/t/${CODE}`;

const event = <Type extends string, Data>(type: Type, data: Data) => ({
  id: "evt_019a8f3e2c007d1b8a6f4e2d0c9b8a76",
  api_version: "2026-11-28",
  sequence: 44040192,
  created: AT,
  timestamp: AT,
  livemode: true,
  type,
  data,
});

const grace = { campaign_id: 42, participant_id: 43, email: "grace@example.com", name: "Grace Hopper" };

const signup = {
  ...grace,
  date_signedup: AT,
  invited_by: 41,
  invited_social: 1,
  referrer: { id: 41, name: "Ada Lovelace", referral_code: CODE },
  referral_code: CODE,
  share_url: SHARE_URL,
  external_id: "crm-7",
  metadata: { plan: "pro" },
};

const earned = {
  id: 448,
  campaign_id: 42,
  participant_id: 43,
  role: "referrer",
  reward_type: 5,
  type: "cash",
  status: "pending",
  held_until: null,
  expires_at: null,
  needs_approval: false,
  coupon: null,
  coupon_valid_until: null,
  coupon_last_day: null,
  redirect_url: null,
  custom_message: null,
  token_symbol: null,
  token_address: null,
  token_amount: null,
  cash_value: 19.99,
  credit_value: null,
  amount: 1999,
  owed_back: 0,
  expired_amount: 0,
  currency: "USD",
  rule_id: 3,
  conversion_id: 77,
  payout_id: null,
  token_transaction: null,
  token_state: null,
  token_reason: null,
  date_earned: AT,
  date_fulfilled: null,
  date_expired: null,
};

const told = {
  ...earned,
  participant: {
    id: 43,
    email: "grace@example.com",
    name: "Grace Hopper",
    external_id: "crm-7",
    metadata: { plan: "pro" },
  },
};

const sale = {
  id: 77,
  campaign_id: 42,
  participant_id: 43,
  referrer_id: 41,
  event_name: "purchase",
  conversion_id: "order-1001",
  currency: "USD",
  amount: 4999,
  attributed_by: "participant",
  refunded_amount: 0,
  occurred_at: AT,
};

const suspect = { id: 86, campaign_id: 42, referrer_id: 41, participant_id: 43 };

/** Samples of the triggers' events. */
export const eventSamples = {
  "participant.signup": event("participant.signup", signup),
  "participant.attributed": event("participant.attributed", signup),
  "participant.admitted": event("participant.admitted", { ...grace, external_id: "crm-7", status: "active" }),
  "reward.held": event("reward.held", { ...told, status: "held", held_until: AT }),
  "reward.pending": event("reward.pending", told),
  "reward.fulfilled": event("reward.fulfilled", { ...told, status: "fulfilled", date_fulfilled: AT }),
  "reward.revoked": event("reward.revoked", { ...told, status: "revoked" }),
  "conversion.created": event("conversion.created", { ...sale, outcome: "credited" }),
  "review.opened": event("review.opened", {
    ...suspect,
    state: "open",
    score: 0.83,
    reasons: [{ code: "one_device_here", weight: 0.6 }],
    is_holding: true,
  }),
  "review.decided": event("review.decided", { ...suspect, state: "denied", by: "rule", note: null }),
  "coupons.low": event("coupons.low", { campaign_id: 42, available: 10, total: 100 }),
};
export type TriggerEvent = keyof typeof eventSamples;

export const participantSample = {
  id: 43,
  campaign_id: 42,
  email: "grace@example.com",
  name: "Grace Hopper",
  date_signedup: AT,
  invited_by: 41,
  invited_social: 1,
  referral_code: CODE,
  share_url: SHARE_URL,
  referral_url: null,
  signup_url: "https://example.com/",
  external_id: "crm-7",
  checkout_code: "GRACE10",
  metadata: { plan: "pro" },
  referral_count: 0,
  click_count: 0,
  share_count: 0,
  wallet_address: null,
  status: "active",
};

export const rewardSample = { ...earned, status: "fulfilled", date_fulfilled: AT };
export const conversionSample = { ...sale, paid_amount: 4999, metadata: null, date_added: AT };
export const couponsSample = { added: 2, prolonged: 0, duplicates: 0, invalid: 0, filled: 1, used: 0 };
export const reviewSample = {
  ...suspect,
  about: "referral",
  referrer: { name: "Ada Lovelace", email: "ada@example.com" },
  participant: { name: "Grace Hopper", email: "grace@example.com" },
  state: "denied",
  score: 0.83,
  reasons: [],
  version: 1,
  is_holding: true,
  proof: null,
  held_rewards: 1,
  held_amount: 1999,
  currency: "USD",
  date_opened: AT,
  decides_at: null,
  date_decided: AT,
  decided_by: "ref_123456",
  note: null,
  undo_until: AT,
};
export const campaignSample = { id: 42, brand_id: 7, name: "Bring a friend", status: "live", currency: "USD" };
export const brandSample = { id: 7, url: "https://example.com/", domain: "example.com" };
