/**
 * The stable parts of a User-Agent, shared by many people. In-app browsers also name the device model, which we leave
 * out.
 */
const PARTS = [
  /(Edg|OPR|SamsungBrowser|Firefox|FxiOS|CriOS|Chrome|Instagram|FBAV|Version)\/(\d+)/g,
  /(iPhone OS|CPU OS|Android|Windows NT|Mac OS X|CrOS)[ /]?(\d*)/g,
];

/**
 * A coarse device: the browser and system with their major versions, languages, and the connection's protocol. Null if
 * unknown.
 */
export function deviceOf(agent: string | null, languages: string | null, protocol: string | null): string | null {
  if (!agent) return null;
  const parts = PARTS.flatMap((pattern) => [...agent.slice(0, 400).matchAll(pattern)].map((match) => match[0]));
  return [...parts, languages?.slice(0, 40) ?? "", protocol ?? ""].join("|");
}

/**
 * The share of people with a device like this, by its system. A conservative estimate: if it is too high, it hides
 * evidence.
 */
export function commonnessOf(agent: string | null): number {
  if (!agent) return 1;
  if (agent.includes("iPhone")) return /Instagram|FBAV/.test(agent) ? 0.15 : 0.35;
  if (agent.includes("Android")) return 0.3;
  if (agent.includes("Windows")) return 0.2;
  return 0.12;
}

/**
 * Whether the browser sends `Sec-Fetch-User`, which says if a person asked for the navigation. In-app browsers do not.
 */
export const tellsWhoAsked = (agent: string | null) =>
  agent !== null && /Chrome\/|Firefox\//.test(agent) && !/Instagram|FBAV|FBAN|; wv\)|CriOS|FxiOS/.test(agent);
