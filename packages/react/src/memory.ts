const DAYS_30 = 30 * 86_400_000;
const SIGNED = /([A-Za-z0-9]+)(?:=|%3D){0,2}\.[\w-]{14}/;

/** The browser's storage. It may be blocked, and pages may not want it used. */
export type Memory = Pick<Storage, "getItem" | "setItem" | "removeItem">;

/** Keeps nothing beyond the page. */
export function pageMemory(): Memory {
  const kept = new Map<string, string>();
  return {
    getItem: (key) => kept.get(key) ?? null,
    setItem: (key, value) => void kept.set(key, value),
    removeItem: (key) => void kept.delete(key),
  };
}

export function memoryOf(isStored: boolean): Memory {
  try {
    if (isStored && localStorage) return localStorage;
  } catch {
    // Storage is blocked.
  }
  return pageMemory();
}

/** The code that brought this visitor, from the URL or within the last 30 days. The widget's script stores it in the same way. */
export function referrerOf(campaign: string, memory: Memory): string {
  const key = `referrals:ref:${campaign}`;
  const sent = new URLSearchParams(location.search).getAll("ref").map((text) => SIGNED.exec(text));
  const code = sent.find((found) => campaignOf(found?.[1]) === campaign)?.[0];
  try {
    if (code) memory.setItem(key, `${Date.now() + DAYS_30} ${code}`);
    const [until = 0, kept = ""] = (memory.getItem(key) ?? "").split(" ");
    return Number(until) > Date.now() ? kept : (code ?? "");
  } catch {
    return code ?? "";
  }
}

function campaignOf(body = "") {
  try {
    return atob(body).split(":")[0];
  } catch {
    return "";
  }
}
