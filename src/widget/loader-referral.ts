const DAYS_30 = 30 * 86_400_000;
const SHAPE = /^[A-Za-z0-9_.%=-]{6,500}$/;

/**
 * The code that brought this visitor to this campaign: from the URL, or the last one within 30 days. Other uses of
 * `?ref=` are ignored.
 */
export function referralOf(campaign: string): string {
  const key = `referrals:ref:${campaign}`;
  const sent = new URLSearchParams(location.search).get("ref") ?? "";
  const code = SHAPE.test(sent) && campaignOf(sent) === campaign ? sent : "";
  try {
    if (code) localStorage.setItem(key, `${Date.now() + DAYS_30} ${code}`);
    const [until = 0, kept = ""] = (localStorage.getItem(key) ?? "").split(" ");
    if (+until > Date.now()) return SHAPE.test(kept) ? kept : "";
    localStorage.removeItem(key);
  } catch {
    // Storage is blocked or full, so only the URL counts.
  }
  return code;
}

/** A code is base64 of `campaign:…`, followed by a signature. */
function campaignOf(code: string) {
  try {
    const [plain = ""] = decodeURIComponent(code).split(".");
    return atob(plain.replace(/-/g, "+").replace(/_/g, "/")).split(":")[0];
  } catch {
    return "";
  }
}
