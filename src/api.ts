import { accountRoutes } from "./accounts/account-routes";
import { exportRoutes } from "./accounts/exports/export-routes";
import { keyRoutes } from "./accounts/keys/key-routes";
import { billingRoutes } from "./accounts/plans/billing-routes";
import { planRoutes } from "./accounts/plans/plan-routes";
import { registrationRoutes } from "./accounts/registration/registration-routes";
import { senderRoutes } from "./accounts/senders/sender-routes";
import { suspensionRoutes } from "./accounts/suspension/suspension-routes";
import { teamRoutes } from "./accounts/team/team-routes";
import { testModeRoutes } from "./accounts/test-mode/test-mode-routes";
import { analyticsRoutes } from "./campaigns/analytics/analytics-routes";
import { brandRoutes } from "./campaigns/brands/brand-routes";
import { campaignRoutes } from "./campaigns/campaign/campaign-routes";
import { contestRoutes } from "./campaigns/contest/contest-routes";
import { proofRoutes } from "./campaigns/contest/proof-routes";
import { domainRoutes } from "./campaigns/domains/domain-routes";
import { identityRoutes } from "./campaigns/identity/identity-routes";
import { landerRoutes } from "./campaigns/lander/lander-routes";
import { rewardSettingsRoutes } from "./campaigns/reward/reward-settings-routes";
import { ruleRoutes } from "./campaigns/rules/rule-routes";
import { statsRoutes } from "./campaigns/stats/stats-routes";
import { vetoRoutes } from "./campaigns/veto/veto-routes";
import { widgetRoutes } from "./campaigns/widget/widget-routes";
import { bounceRoutes } from "./delivery/bounces/bounce-routes";
import { eventRoutes } from "./delivery/webhooks/event-routes";
import { createRouter } from "./lib/http";
import { webhookRoutes } from "./outbox/webhooks/webhook-routes";
import { zapierRoutes } from "./outbox/zapier/zapier-routes";
import { aliasRoutes } from "./participants/aliases/alias-routes";
import { conversionRoutes } from "./participants/conversions/conversion-routes";
import { refundRoutes } from "./participants/conversions/refund-routes";
import { couponRoutes } from "./participants/coupons/coupon-routes";
import { decisionRoutes } from "./participants/decisions/decision-routes";
import { feedbackRoutes } from "./participants/fraud/feedback-routes";
import { entryRoutes } from "./participants/fraud-lists/entry-routes";
import { importRoutes } from "./participants/imports/import-routes";
import { inputRoutes } from "./participants/inputs/input-routes";
import { participantRoutes } from "./participants/participant-routes";
import { payoutRoutes } from "./participants/payouts/payout-routes";
import { privacyRoutes } from "./participants/privacy/privacy-routes";
import { redemptionRoutes } from "./participants/redemptions/redemption-routes";
import { reviewRoutes } from "./participants/reviews/review-routes";
import { rewardRoutes } from "./participants/rewards/reward-routes";
import { signupRoutes } from "./participants/signups/signup-routes";
import { transferRoutes } from "./participants/transfers/transfer-routes";
import { releaseRoutes } from "./participants/waitlist/release-routes";
import { browserSignupRoutes } from "./visitors/widget-api/browser-signup-routes";

/** The JSON API: each feature's routes, mounted at two base paths. */
export const api = createRouter();
for (const routes of [
  registrationRoutes,
  accountRoutes,
  keyRoutes,
  testModeRoutes,
  planRoutes,
  billingRoutes,
  suspensionRoutes,
  senderRoutes,
  teamRoutes,
  brandRoutes,
  domainRoutes,
  campaignRoutes,
  rewardSettingsRoutes,
  ruleRoutes,
  vetoRoutes,
  widgetRoutes,
  identityRoutes,
  landerRoutes,
  analyticsRoutes,
  statsRoutes,
  contestRoutes,
  proofRoutes,
  couponRoutes,
  importRoutes,
  exportRoutes,
  rewardRoutes,
  payoutRoutes,
  transferRoutes,
  reviewRoutes,
  feedbackRoutes,
  entryRoutes,
  redemptionRoutes,
  aliasRoutes,
  participantRoutes,
  privacyRoutes,
  signupRoutes,
  browserSignupRoutes,
  conversionRoutes,
  releaseRoutes,
  refundRoutes,
  inputRoutes,
  decisionRoutes,
  webhookRoutes,
  eventRoutes,
  zapierRoutes,
  bounceRoutes,
])
  api.route("/", routes);
