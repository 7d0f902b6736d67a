import { shareUrl } from "../../ledger/records/referral-code";

/** The link with a participant's word. */
export const wordUrl = (origin: string, campaignId: number, word: string) => shareUrl(origin, `${campaignId}/${word}`);
