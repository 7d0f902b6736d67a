/** Where codes are kept, if not in the page's storage. */
export type Memory = Pick<Storage, "getItem" | "setItem" | "removeItem"> & {
  /** Whether nothing may be stored yet. */
  isWaiting(): boolean;
};

const DAYS_30 = 30 * 86_400_000;
/** A signed code, with anything that a chat put around it. */
const CODE = /(?:^|[^A-Za-z0-9])(([A-Za-z0-9]+)(?:=|%3D){0,2}\.[\w-]{14})/;

/** The code in the page's URL for this campaign. Ignores other uses of `?ref=`. */
export function referralIn(search: string, campaign: string): string {
  for (const sent of new URLSearchParams(search).getAll("ref")) {
    const [, code = "", body = ""] = CODE.exec(sent.replace(/[\p{Cf}\s]/gu, "")) ?? [];
    if (campaignOf(body) === campaign) return code;
  }
  return "";
}

/** The code that brought this visitor to this campaign: the given one, or the latest one within 30 days. */
export function lastReferral(campaign: string, code: string, memory?: Memory): string {
  const key = `referrals:ref:${campaign}`;
  try {
    const storage = memory ?? localStorage;
    if (code) storage.setItem(key, `${Date.now() + DAYS_30} ${code}`);
    const [until = 0, kept = ""] = (storage.getItem(key) ?? "").split(" ");
    if (+until > Date.now()) return CODE.test(kept) ? kept : "";
    storage.removeItem(key);
  } catch {
    // Storage is blocked or full, so only the URL counts.
  }
  return code;
}

/** A code is base64 of `campaign:…`, followed by a signature. */
function campaignOf(body: string) {
  try {
    return atob(body).split(":")[0];
  } catch {
    return "";
  }
}
