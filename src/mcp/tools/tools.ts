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

/** By task, in the order in which people meet them. Keys, people's roles, and deletions are left to the dashboard. */
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
