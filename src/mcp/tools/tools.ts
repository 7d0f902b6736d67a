import type { Tool } from "../tool";
import { listCampaigns, setCampaignStatus, setUpCampaign, showCampaign } from "./campaign-tools";
import { couponStock, uploadCodes } from "./code-tools";
import { decideRewards, listRewards, markRewardsPaid, recordConversion, recordRefund } from "./money-tools";
import { explainReferral, findParticipant, releaseWaitlist, signUpParticipant } from "./participant-tools";
import { previewImport, searchDocs, setUpWidget } from "./site-tools";
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
  previewImport,
  listRewards,
  decideRewards,
  markRewardsPaid,
  recordConversion,
  recordRefund,
  uploadCodes,
  couponStock,
  failingWebhooks,
  recoverWebhook,
  searchDocs,
];
