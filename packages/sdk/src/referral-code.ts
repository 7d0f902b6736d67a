/**
 * 1 Facebook, 2 X, 3 LinkedIn, 4 email, 5 WhatsApp, 6 the link itself, 7 SMS, 8 Telegram, 9 Messenger, 10 Reddit,
 * 11 Pinterest, 12 QR code.
 */
export type ReferralCode = {
  campaign_id: number;
  social_type: 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9 | 10 | 11 | 12;
  participant_id: number;
  invitation_id: number | null;
  /** Whether it has a signature. Only the server can verify it. */
  is_signed: boolean;
};

const PLAIN = /^([1-9]\d{0,15}):([1-9]|1[0-2]):([1-9]\d{0,15})(?::([1-9]\d{0,15}))?$/;

/**
 * Parses a referral code, or a link or query with one: `/t/CODE`, `?ref=CODE`. Null if there is none. This does not verify
 * the code: the API checks the signature when you send the code with a signup.
 */
export function parse(text: string): ReferralCode | null {
  const sent = /(?:[?&]ref=|\/t\/)([^&#?/]+)/.exec(text)?.[1] ?? text;
  try {
    const [body = "", tag, ...rest] = decodeURIComponent(sent.trim()).split(".");
    const plain = atob(body.replaceAll("-", "+").replaceAll("_", "/").replace(/=+$/, ""));
    const [found, campaign, social, participant, invitation] = PLAIN.exec(plain) ?? [];
    if (!found || rest.length > 0) return null;
    return {
      campaign_id: Number(campaign),
      social_type: Number(social) as ReferralCode["social_type"],
      participant_id: Number(participant),
      invitation_id: invitation ? Number(invitation) : null,
      is_signed: tag !== undefined,
    };
  } catch {
    return null;
  }
}
