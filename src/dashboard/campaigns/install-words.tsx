import type { Child } from "hono/jsx";
import type { Finding } from "./install-check";
import type { Mode, Platform } from "./install-snippet";

export const platformNames: Record<Platform, string> = {
  html: "Plain HTML",
  wordpress: "WordPress",
  shopify: "Shopify",
  webflow: "Webflow",
  react: "React",
  gtm: "Google Tag Manager",
};

export const modeNames: Record<Mode, string> = {
  embed: "In the page",
  popup: "Popup",
  floating: "Floating button",
  topbar: "Top bar",
};

/** Where the snippet goes, step by step. */
export function stepsOf(platform: Platform, mode: Mode): string[] {
  const isEmbedded = mode === "embed";
  switch (platform) {
    case "html":
      return [
        isEmbedded
          ? "Paste it where the widget is to be."
          : "Paste it right before </body>, on each page that is to have it.",
      ];
    case "wordpress":
      return isEmbedded
        ? [
            "Open the page in the block editor.",
            "Add a block “Custom HTML” where the widget is to be, and paste the snippet.",
            "Update the page.",
          ]
        : [
            "Install a plugin for code in the footer, such as WPCode.",
            "Paste the snippet into its field “Footer”.",
            "Save, and empty the cache if you have a plugin for that.",
          ];
    case "shopify":
      return isEmbedded
        ? [
            "Online Store → Themes → Customize.",
            "Add a section “Custom Liquid” where the widget is to be, and paste the snippet.",
            "Save.",
          ]
        : [
            "Online Store → Themes → ⋯ → Edit code.",
            "Open layout/theme.liquid, and paste the snippet right before </body>.",
            "Save.",
          ];
    case "webflow":
      return isEmbedded
        ? [
            "Drag an element “Code Embed” to where the widget is to be.",
            "Paste the snippet, and save.",
            "Publish the site: previews do not run it.",
          ]
        : ["Site settings → Custom code.", "Paste the snippet into “Footer code”, and save.", "Publish the site."];
    case "react":
      return [
        "Put this into a file of its own, such as Referrals.jsx.",
        "Use <Referrals /> where the widget is to be.",
      ];
    case "gtm":
      return [
        "Tags → New → “Custom HTML”, and paste the snippet.",
        "Choose the trigger “All Pages”, or those that are to have it.",
        ...(isEmbedded ? ['Put <div id="referrals-widget"></div> into the page where the widget is to be.'] : []),
        "Submit, and publish the container.",
      ];
  }
}

type Told = { tone: "good" | "warn" | "bad"; title: string; help: Child };

/** What came of the check, and what to do. */
export function toldOf(finding: Finding): Told {
  switch (finding.found) {
    case "yes":
      return {
        tone: "good",
        title: "The widget is on the page.",
        help: "You are live. Open the page and join yourself to see it work.",
      };
    case "other_campaign":
      return {
        tone: "warn",
        title: "The page has a widget of ours, of another campaign.",
        help: "If it is to be this one, paste the snippet above in place of the other one.",
      };
    case "other_origin":
      return {
        tone: "warn",
        title: "The page asks another address for this widget.",
        help: "It may be the snippet of a test. Paste the one above in its place.",
      };
    case "tag_manager":
      return {
        tone: "warn",
        title: "The snippet is not in the page, but Google Tag Manager is.",
        help: "What a tag manager adds cannot be seen from here. Publish its container and open the page: views show up in the overview.",
      };
    case "nothing":
      return {
        tone: "bad",
        title: "The page is there, and the snippet is not on it.",
        help: "Was it saved and published? If your site has a cache, empty it. Some sites add scripts only in the browser, which cannot be seen from here: open the page to see.",
      };
    case "refused":
      return { tone: "bad", title: "We do not look at such an address.", help: `It ${finding.reason}.` };
    case "foreign":
      return {
        tone: "bad",
        title: "That is not on the brand's own website.",
        help: (
          <>
            We only look at pages of the brand's domain, and this leads to <code>{hostOf(finding.url)}</code>.
          </>
        ),
      };
    case "unknown_host":
      return {
        tone: "bad",
        title: "There is no website under this name, as far as we can see.",
        help: "Look at the spelling. If the name is new, it may need some hours to be known everywhere.",
      };
    case "too_many_redirects":
      return {
        tone: "bad",
        title: "The page leads on and on.",
        help: "Type the address at which the browser ends up.",
      };
    case "status":
      return {
        tone: "bad",
        title: `The website answered with ${finding.status}.`,
        help: "Is the page public? Pages behind a password cannot be looked at, and some sites turn programs away: open the page yourself then.",
      };
    case "timeout":
      return { tone: "bad", title: "The website took too long to answer.", help: "Try again in a moment." };
    case "unreachable":
      return {
        tone: "bad",
        title: "The website could not be reached.",
        help: "Does it answer under https in your browser?",
      };
    case "not_html":
      return { tone: "bad", title: "That is no web page.", help: "Type the address of the page that has the widget." };
  }
}

const hostOf = (url: string) => URL.parse(url)?.host ?? url;
