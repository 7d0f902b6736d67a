const BROWSERS: [RegExp, string][] = [
  [/Edg(e|A|iOS)?\//, "Edge"],
  [/OPR\/|Opera/, "Opera"],
  [/SamsungBrowser\//, "Samsung Internet"],
  [/Firefox\/|FxiOS\//, "Firefox"],
  [/Chrome\/|CriOS\//, "Chrome"],
  [/Safari\//, "Safari"],
];

const SYSTEMS: [RegExp, string][] = [
  [/iPhone/, "iPhone"],
  [/iPad/, "iPad"],
  [/Android/, "Android"],
  [/Windows/, "Windows"],
  [/Macintosh|Mac OS X/, "Mac"],
  [/CrOS/, "ChromeOS"],
  [/Linux|X11/, "Linux"],
];

const nameIn = (known: [RegExp, string][], agent: string) => known.find(([pattern]) => pattern.test(agent))?.[1];

/** The display name of a browser and its operating system, from its User-Agent. */
export function agentInWords(agent: string | null): string {
  const browser = nameIn(BROWSERS, agent ?? "") ?? "Unknown browser";
  const system = nameIn(SYSTEMS, agent ?? "");
  return system ? `${browser} on ${system}` : browser;
}
