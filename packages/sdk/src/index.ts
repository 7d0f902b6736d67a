export { Referrals } from "./client.js";
export { type Issue, ReferralsError } from "./errors.js";
export type * from "./generated/resources.js";
export type { Paged } from "./paged.js";
export type { ReferralCode } from "./referral-code.js";
export * as referralCode from "./referral-code.js";
export type { ClientOptions, RequestOptions } from "./request.js";
export * as webhooks from "./webhooks.js";
export { type VerifyOptions, WebhookVerificationError } from "./webhooks.js";
