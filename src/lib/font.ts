const GENERIC = new Set(
  "serif sans-serif monospace cursive system-ui ui-serif ui-sans-serif ui-monospace ui-rounded".split(" "),
);
const FAMILIES_MAX = 8;

/** A CSS list of font families. Names are quoted and keep only letters, digits, spaces and hyphens. */
export function fontStack(families: string) {
  const names = families
    .split(",")
    .map((name) => name.replace(/[^\p{L}\p{N} -]/gu, "").trim())
    .filter((name) => name !== "")
    .slice(0, FAMILIES_MAX)
    .map((name) => (GENERIC.has(name.toLowerCase()) ? name.toLowerCase() : `"${name}"`));
  return [...new Set([...names, "system-ui", "sans-serif"])].join(",");
}
