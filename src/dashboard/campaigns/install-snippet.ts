export const modes = ["embed", "popup", "floating", "topbar"] as const;
export type Mode = (typeof modes)[number];

export const platforms = ["html", "wordpress", "shopify", "webflow", "react", "gtm"] as const;
export type Platform = (typeof platforms)[number];

type Wanted = {
  origin: string;
  campaignId: number;
  mode: Mode;
  /** The campaign's own placement. The snippet does not name it, so it follows later changes. */
  placement: Mode;
};

const PLACE = '<div id="referrals-widget"></div>';

/** The code to paste into a website of this platform. */
export function snippetOf(platform: Platform, wanted: Wanted): string {
  if (platform === "react") return reactSnippet(wanted);
  if (platform === "gtm") return tagManagerSnippet(wanted);
  const script = `<script src="${addressOf(wanted)}"${isSet(wanted) ? "" : ` data-mode="${wanted.mode}"`} async></script>`;
  return wanted.mode === "embed" ? `${PLACE}\n${script}` : script;
}

const addressOf = ({ origin, campaignId }: Wanted) => `${origin}/widget.js?campaign=${campaignId}`;
const isSet = ({ mode, placement }: Wanted) => mode === placement;

const modeLine = (wanted: Wanted, script: string) =>
  isSet(wanted) ? [] : [`${script}.dataset.mode = "${wanted.mode}";`];

const reactSnippet = (wanted: Wanted) => `import { useEffect } from "react";

const src = "${wanted.origin}/widget.js";

export function Referrals() {
  useEffect(() => {
    if (document.querySelector(\`script[src="\${src}"]\`)) return;
    const script = document.createElement("script");
    script.src = src;
    document.head.append(script);
  }, []);
  return <referrals-widget campaign="${wanted.campaignId}"${isSet(wanted) ? "" : ` mode="${wanted.mode}"`} />;
}`;

/** Tag managers drop unknown attributes of script elements and only accept old JavaScript. */
const tagManagerSnippet = (wanted: Wanted) => `<script>
  (function () {
    var script = document.createElement("script");
    ${[`script.src = "${addressOf(wanted)}";`, "script.async = true;", ...modeLine(wanted, "script")].join("\n    ")}
    document.body.appendChild(script);
  })();
</script>`;
