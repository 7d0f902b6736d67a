/** The parts of a User-Agent that last, and that many people share. In-app browsers name the model, which is left out. */
const PARTS = [
  /(Edg|OPR|SamsungBrowser|Firefox|FxiOS|CriOS|Chrome|Instagram|FBAV|Version)\/(\d+)/g,
  /(iPhone OS|CPU OS|Android|Windows NT|Mac OS X|CrOS)[ /]?(\d*)/g,
];

/** A coarse device: kind and major version of browser and system, languages, and the connection's protocol. Null if nothing is known. */
export function deviceOf(agent: string | null, languages: string | null, protocol: string | null): string | null {
  if (!agent) return null;
  const parts = PARTS.flatMap((pattern) => [...agent.slice(0, 400).matchAll(pattern)].map((match) => match[0]));
  return [...parts, languages?.slice(0, 40) ?? "", protocol ?? ""].join("|");
}

/** How many people have about this device, by its system. A careful guess: too high a share hides evidence. */
export function commonnessOf(agent: string | null): number {
  if (!agent) return 1;
  if (agent.includes("iPhone")) return /Instagram|FBAV/.test(agent) ? 0.15 : 0.35;
  if (agent.includes("Android")) return 0.3;
  if (agent.includes("Windows")) return 0.2;
  return 0.12;
}

/** Browsers that tell with each navigation whether a person asked for it (`Sec-Fetch-User`). Those within apps do not. */
export const tellsWhoAsked = (agent: string | null) =>
  agent !== null && /Chrome\/|Firefox\//.test(agent) && !/Instagram|FBAV|FBAN|; wv\)|CriOS|FxiOS/.test(agent);
