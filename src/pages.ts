import { Hono } from "hono";
import { accountPages } from "./dashboard/account/account-pages";
import { auditPages } from "./dashboard/account/audit-pages";
import { consentPages } from "./dashboard/account/consent-pages";
import { exportPages } from "./dashboard/account/export-page";
import { joinPages } from "./dashboard/account/join-pages";
import { notificationPages } from "./dashboard/account/notification-pages";
import { planPages } from "./dashboard/account/plan-pages";
import { proofPages } from "./dashboard/account/proof-pages";
import { secondStepPages } from "./dashboard/account/second-step";
import { signInPages } from "./dashboard/account/sign-in";
import { signUpPages } from "./dashboard/account/sign-up";
import { switchPages } from "./dashboard/account/switch-pages";
import { teamPages } from "./dashboard/account/team-pages";
import { twoStepPages } from "./dashboard/account/two-step-pages";
import { brandListPages } from "./dashboard/brands/brand-list-pages";
import { brandPages } from "./dashboard/brands/brand-pages";
import { brandKitPages } from "./dashboard/brands/kit-pages";
import { campaignPages } from "./dashboard/campaigns/campaign-pages";
import { contestPages } from "./dashboard/campaigns/contest-pages";
import { fraudPages } from "./dashboard/campaigns/fraud-pages";
import { identityPages } from "./dashboard/campaigns/identity-pages";
import { installPages } from "./dashboard/campaigns/install-pages";
import { rewardSettingsPages } from "./dashboard/campaigns/reward-settings-pages";
import { waitlistPages } from "./dashboard/campaigns/waitlist-pages";
import { conversionPages } from "./dashboard/conversions/conversion-pages";
import { decisionPages } from "./dashboard/decisions/decision-pages";
import { mailPages } from "./dashboard/editors/email-pages";
import { imageFiles, imagePages } from "./dashboard/editors/image-pages";
import { landerPages } from "./dashboard/editors/lander-pages";
import { widgetPages } from "./dashboard/editors/widget-pages";
import { eventPages } from "./dashboard/events/event-pages";
import { homePages } from "./dashboard/home/home-pages";
import { inputPages } from "./dashboard/inputs/input-pages";
import { keyChangePages } from "./dashboard/keys/key-change-pages";
import { keyPages } from "./dashboard/keys/key-pages";
import { operatorPages } from "./dashboard/operator/operator-pages";
import { giftPages } from "./dashboard/participants/gift-pages";
import { importPages } from "./dashboard/participants/import-pages";
import { peoplePages } from "./dashboard/participants/participant-list-pages";
import { personPages } from "./dashboard/participants/participant-pages";
import { referrerPages } from "./dashboard/participants/referrer-pages";
import { reportPages, sharedReportPages } from "./dashboard/reports/report-pages";
import { entryPages } from "./dashboard/reviews/entry-pages";
import { reviewPages } from "./dashboard/reviews/review-pages";
import { couponPages } from "./dashboard/rewards/coupon-pages";
import { payoutPages } from "./dashboard/rewards/payout-pages";
import { rewardPages } from "./dashboard/rewards/reward-pages";
import { transferPages } from "./dashboard/rewards/transfer-pages";
import { rulePages } from "./dashboard/rules/rule-pages";
import { viewPages } from "./dashboard/saved-views/view-pages";
import { searchPages } from "./dashboard/search/search-pages";
import { testModePages } from "./dashboard/test-mode/test-mode-pages";
import { deliveryPages } from "./dashboard/webhooks/delivery-pages";
import { webhookPages } from "./dashboard/webhooks/webhook-pages";
import type { HonoEnv } from "./lib/http";
import { frontPages } from "./visitors/front/front-page";

/** The dashboard: pages for the same use cases. The OpenAPI document leaves them out, because programs use the API. */
export const dashboard = new Hono<HonoEnv>();
for (const pages of [
  frontPages,
  operatorPages,
  secondStepPages,
  signInPages,
  signUpPages,
  joinPages,
  imageFiles,
  sharedReportPages,
])
  dashboard.route("/", pages);
for (const pages of [
  homePages,
  brandListPages,
  brandPages,
  brandKitPages,
  planPages,
  payoutPages,
  transferPages,
  reviewPages,
  entryPages,
  rewardPages,
  rewardSettingsPages,
  rulePages,
  conversionPages,
  decisionPages,
  inputPages,
  couponPages,
  contestPages,
  fraudPages,
  waitlistPages,
  testModePages,
  searchPages,
  keyPages,
  keyChangePages,
  exportPages,
  consentPages,
  accountPages,
  notificationPages,
  proofPages,
  twoStepPages,
  switchPages,
  teamPages,
  auditPages,
  peoplePages,
  personPages,
  giftPages,
  referrerPages,
  importPages,
  campaignPages,
  installPages,
  identityPages,
  eventPages,
  webhookPages,
  deliveryPages,
  reportPages,
  viewPages,
  landerPages,
  widgetPages,
  mailPages,
  imagePages,
])
  dashboard.route("/", pages);
