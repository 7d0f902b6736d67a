import { createHmac } from "node:crypto";
import { Secret, TOTP } from "otpauth/bare";
import { renderSVG } from "uqr";

/** The settings that every authenticator app supports (RFC 6238): SHA-1, six digits, 30 seconds. */
const ISSUER = "Referrals";
const PERIOD_SECONDS = 30;
/** A phone's clock may be this many steps ahead or behind. */
const WINDOW_STEPS = 1;

const hmac = (_: string, key: Uint8Array, message: Uint8Array) =>
  new Uint8Array(createHmac("sha1", key).update(message).digest());

const totpOf = (secret: string, label = "") =>
  new TOTP({ issuer: ISSUER, label, secret: Secret.fromBase32(secret), period: PERIOD_SECONDS, hmac });

/** A new secret of 160 bits, in base32. */
export const newAuthenticatorSecret = () => new Secret().base32;

/** The QR code that an authenticator app scans, as SVG. */
export const qrOfSecret = (secret: string, email: string) =>
  renderSVG(totpOf(secret, email).toString(), { ecc: "M", border: 2 });

/** The time step of a six-digit code around this moment. Null if the code is wrong. */
export function stepOfCode(secret: string, code: string, now: Date): number | null {
  const delta = totpOf(secret).validate({ token: code, timestamp: now.getTime(), window: WINDOW_STEPS });
  return delta === null ? null : Math.floor(now.getTime() / 1000 / PERIOD_SECONDS) + delta;
}
