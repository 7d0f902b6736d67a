import type { Tool } from "../tool";
import { listCampaigns, setCampaignStatus, setUpCampaign } from "./campaign-tools";
import { recordConversion, recordRefund } from "./conversion-tools";
import { exportList, importFile } from "./file-tools";
import { explainReferral, findParticipant, releaseWaitlist, signUpParticipant } from "./participant-tools";
import { showCampaign } from "./report-tools";
import { decideReview, listReviews } from "./review-tools";
import { listRewards, settleRewards } from "./reward-tools";
import { searchDocs, setUpWidget } from "./site-tools";
import { failingWebhooks, recoverWebhook } from "./webhook-tools";

/**
 * Sorted by task, in the order people need them. Managing keys, roles, and deletions is only possible in the dashboard.
 */
export const tools: Tool[] = [
  listCampaigns,
  showCampaign,
  setUpCampaign,
  setCampaignStatus,
  setUpWidget,
  findParticipant,
  signUpParticipant,
  explainReferral,
  releaseWaitlist,
  importFile,
  exportList,
  listRewards,
  settleRewards,
  recordConversion,
  recordRefund,
  listReviews,
  decideReview,
  failingWebhooks,
  recoverWebhook,
  searchDocs,
];
