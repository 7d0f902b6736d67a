import { beforeAll, describe, expect, it } from "vitest";
import { type FullAccount, fullAccount } from "../support/account";
import { exampleRequest, inTurn, refusals } from "../support/asked";
import { type Answer, call } from "../support/client";
import { operations } from "../support/document";
import { populate } from "../support/population";
import { type Work, workOf } from "../support/work";

const [FEW, MANY] = [1_000, 20_000];
/** Tolerance: a page of an account without people is shorter, or the histogram has another score. */
const ROWS_READ_SLACK = 10;

/** It continues the campaign's deletion, which is larger with more people. */
const GOES_ON = "deleteBrand";

/**
 * The limits of each operation, called as documented: D1 calls, rows read, rows written. For responses cached for a minute,
 * this is the first request's cost; later ones are free.
 */
const budgets: Record<string, [d1_calls: number, rows_read: number, rows_written: number]> = {
  updateRewards: [4, 40, 6],
  askForNewPassword: [1, 10, 0],
  requestPasswordReset: [1, 0, 0],
  requestVerification: [2, 10, 4],
  askToUnsubscribe: [0, 0, 0],
  askToVerify: [1, 10, 0],
  updateBrand: [3, 20, 1],
  updateCampaign: [3, 35, 2],
  updateLanderSettings: [3, 15, 1],
  updateParticipant: [4, 400, 24],
  updateMemberPlan: [3, 35, 5],
  updateReward: [3, 10, 0],
  updateInput: [3, 15, 3],
  updateRule: [4, 40, 2],
  updateRewardSettings: [3, 15, 1],
  updateWebhook: [3, 10, 4],
  updateWidget: [3, 15, 1],
  updateProfile: [3, 20, 2],
  confirmAddress: [1, 10, 0],
  countImpression: [2, 40, 2],
  createApiKey: [3, 25, 8],
  createBrowserSignup: [4, 125, 25],
  deleteTestData: [5, 80, 12],
  createKey: [3, 45, 9],
  listKeys: [2, 20, 0],
  getKey: [2, 10, 0],
  updateKey: [3, 20, 1],
  deleteKey: [3, 15, 2],
  rotateKey: [4, 55, 12],
  createInput: [3, 30, 5],
  createPayout: [6, 135, 31],
  listReviews: [2, 60, 0],
  getReview: [2, 20, 0],
  updateReview: [6, 80, 14],
  listFraudEntries: [2, 20, 0],
  createFraudEntry: [4, 30, 12],
  deleteFraudEntry: [3, 30, 8],
  createRule: [3, 60, 3],
  createBrand: [5, 25, 4],
  createCampaign: [3, 30, 7],
  createWebhook: [3, 30, 4],
  duplicateCampaign: [4, 60, 10],
  createRelease: [4, 60, 4],
  listReleases: [2, 20, 0],
  deleteBrand: [3, 17800, 1050],
  deleteCampaign: [3, 18300, 1200],
  deleteContest: [3, 15, 3],
  deleteCoupon: [4, 30, 4],
  deleteCoupons: [4, 20, 6],
  deleteInput: [3, 15, 5],
  deleteWebhook: [3, 175, 31],
  deletePreviousWebhookSecret: [3, 10, 1],
  eraseParticipant: [4, 130, 20],
  erasePerson: [6, 105, 10],
  exportOwedRewards: [2, 90, 0],
  exportPersonData: [5, 80, 0],
  followShareLink: [1, 10, 0],
  getApiKey: [2, 10, 0],
  getBrand: [2, 15, 0],
  getBrandPage: [2, 40, 0],
  getBrandStats: [2, 15, 0],
  getCampaign: [2, 30, 0],
  getCampaignPage: [2, 40, 0],
  getCampaignAnalytics: [2, 60, 0],
  getCampaignStats: [2, 15, 0],
  getConfirmation: [1, 10, 0],
  getConversion: [2, 15, 0],
  getContest: [2, 10, 0],
  getDecision: [2, 25, 0],
  getEvent: [2, 40, 0],
  getContestDraw: [1, 15, 0],
  getContestEntrants: [1, 10, 0],
  getContestPage: [2, 40, 0],
  getDrawsPage: [1, 25, 0],
  getFrame: [2, 40, 0],
  getHealth: [1, 10, 0],
  getInput: [2, 10, 0],
  getLander: [3, 40, 0],
  getLanderSettings: [2, 10, 0],
  getLeaderboard: [2, 35, 0],
  getWidgetLeaderboard: [2, 40, 0],
  getOpenApiDocument: [0, 0, 0],
  getWidgetParticipant: [2, 120, 0],
  getWidgetOldLink: [1, 5, 0],
  getParticipant: [2, 40, 0],
  getProfile: [2, 10, 0],
  getTeamSecurity: [2, 10, 0],
  updateTeamSecurity: [3, 15, 2],
  getQrCode: [2, 40, 0],
  getAgentGuide: [0, 0, 0],
  getErrors: [0, 0, 0],
  getDocs: [0, 0, 0],
  getReward: [2, 15, 0],
  getRewardSettings: [2, 10, 0],
  getRobots: [0, 0, 0],
  getRule: [2, 15, 0],
  getVeto: [2, 10, 0],
  getFraudFeedback: [2, 20, 0],
  updateVeto: [4, 30, 4],
  rotateVetoSecret: [3, 15, 2],
  getShareImage: [2, 40, 0],
  getSitemap: [1, 40, 0],
  getSource: [0, 0, 0],
  getStatusPage: [3, 155, 0],
  getWalletPage: [4, 156, 0],
  setWalletByForm: [5, 180, 4],
  listTransfers: [2, 20, 0],
  getWebhook: [2, 10, 0],
  getWidget: [2, 10, 0],
  getWidgetConfig: [2, 40, 0],
  getWidgetScript: [2, 40, 0],
  receiveBillingEvent: [0, 0, 0],
  receiveResendEvent: [0, 0, 0],
  createWidgetInvitations: [3, 160, 19],
  createInvitation: [0, 0, 0],
  joinByCampaignPage: [4, 150, 23],
  joinByForm: [3, 150, 27],
  createWidgetSignup: [2, 150, 27],
  linkBrand: [2, 25, 5],
  listApiKeys: [2, 20, 0],
  createExport: [5, 30, 4],
  createImport: [6, 120, 16],
  getExportFile: [4, 2000, 0],
  getExport: [2, 15, 0],
  getImport: [2, 20, 0],
  listExports: [2, 20, 0],
  listImports: [3, 40, 0],
  undoImport: [8, 80, 8],
  listBrands: [2, 20, 0],
  listCampaigns: [2, 15, 0],
  listCouponUploads: [2, 15, 0],
  listConversions: [2, 60, 0],
  listCoupons: [2, 25, 0],
  listDecisions: [2, 450, 0],
  listEvents: [2, 450, 0],
  listDeliveries: [2, 50, 0],
  listDraws: [1, 25, 0],
  listParticipants: [2, 90, 0],
  listPlans: [1, 15, 0],
  listInputs: [2, 15, 0],
  listInputEvents: [2, 40, 0],
  listRewards: [2, 55, 0],
  listPayouts: [2, 150, 0],
  listRedemptions: [2, 40, 0],
  listRules: [2, 15, 0],
  listSenders: [1, 65, 0],
  listWebhooks: [2, 20, 0],

  createWidgetWord: [3, 120, 6],
  createWidgetShare: [3, 150, 13],
  updateContest: [4, 20, 2],
  recoverDeliveries: [3, 105, 0],
  replayEvents: [3, 5500, 60],
  recordRefund: [1, 290, 11],
  recordConversion: [1, 290, 18],
  receiveInputEvent: [1, 5, 0],
  redeemCredit: [5, 60, 9],
  createReward: [4, 170, 20],
  refundConversion: [3, 320, 14],
  createMember: [1, 15, 8],
  deleteRule: [4, 25, 2],
  renewStatusLink: [3, 60, 6],
  resetPassword: [2, 60, 30],
  resetSecondFactor: [1, 20, 10],
  resumeSending: [1, 20, 6],
  retryDelivery: [3, 15, 3],
  revokeApiKey: [3, 10, 2],
  rotateWebhookSecret: [3, 10, 1],
  rotateIdentitySecret: [3, 15, 1],
  verifyWidgetIdentity: [1, 5, 0],
  updateAliases: [3, 25, 4],
  createToken: [1, 0, 0],
  createSignup: [1, 115, 15],
  createSignupBatch: [3, 120, 15],
  createReferralSignup: [1, 500, 44],
  suspendBrand: [3, 60, 8],
  suspendImage: [3, 60, 8],
  suspendMember: [2, 60, 8],
  deleteCouponUpload: [4, 50, 10],
  testWebhook: [3, 20, 6],
  unsubscribe: [1, 1, 1],
  undoPayout: [6, 70, 16],
  uploadCoupons: [4, 95, 6],
  verify: [2, 15, 1],
  verifyBrand: [4, 40, 4],
  listDomains: [2, 15, 0],
  createDomain: [4, 30, 8],
  verifyDomain: [5, 30, 10],
  deleteDomain: [4, 30, 12],
  verifyZapierAccount: [2, 10, 0],
  listZapierContacts: [2, 110, 0],
  createZapierHook: [3, 25, 4],
  deleteZapierHook: [3, 105, 13],
};

describe("the cost of an API operation", () => {
  const accounts: FullAccount[] = [];
  beforeAll(async () => {
    for (const people of [FEW, MANY]) {
      const account = await fullAccount();
      await populate({ id: Number(account.inFields.campaign_id), owner: account.member }, people);
      accounts.push(account);
    }
  });

  it("is limited for every operation, and for nothing else", () => {
    expect(Object.keys(budgets).sort()).toEqual(operations.map(({ operationId }) => operationId).sort());
  });

  it.each(inTurn.map((o) => [o.operationId, o] as const))(
    "%s stays within its budget, whatever the number of participants",
    async (name, operation) => {
      const costs: Work[] = [];
      for (const account of accounts) {
        // A key looked up within the last minute costs less. Here, that applies to all.
        await account.member.get("/api/v1/members/profile");
        const { method, path, headers, body } = exampleRequest(operation, account);
        let answer: Answer | undefined;
        costs.push(
          await workOf(async () => {
            answer = await call(method, path, body, { headers });
          }),
        );
        const refusal = refusals[name]?.status;
        if (refusal) expect(answer?.status, answer?.text).toBe(refusal);
        else expect(answer?.status, answer?.text).toBeLessThan(400);
      }
      const [few, many] = costs as [Work, Work];
      const limit = budgets[name] ?? [0, 0, 0];
      for (const { d1_calls, rows_read, rows_written } of costs) {
        const cost = [d1_calls, rows_read, rows_written];
        const isWithin = cost.every((part, i) => part <= (limit[i] ?? 0));
        expect(isWithin, `took ${cost} D1 calls, rows read, and rows written; the limit is ${limit}`).toBe(true);
      }
      if (name === GOES_ON) return;
      // Deleting the latest events also initializes the next numbers.
      expect(many.rows_written).toBeLessThanOrEqual(few.rows_written);
      expect(many.rows_read - few.rows_read).toBeLessThanOrEqual(ROWS_READ_SLACK);
    },
  );
});
