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
  embed: "Embedded",
  popup: "Popup",
  floating: "Floating button",
  topbar: "Top bar",
};

export function stepsOf(platform: Platform, mode: Mode): string[] {
  const isEmbedded = mode === "embed";
  switch (platform) {
    case "html":
      return [
        isEmbedded
          ? "Paste it where the widget should appear."
          : "Paste it right before </body> on each page that should have it.",
      ];
    case "wordpress":
      return isEmbedded
        ? [
            "Open the page in the block editor.",
            "Add a “Custom HTML” block where the widget should appear, and paste the snippet.",
            "Update the page.",
          ]
        : [
            "Install a plugin for footer code, such as WPCode.",
            "Paste the snippet into its “Footer” field.",
            "Save, and clear your cache plugin if you have one.",
          ];
    case "shopify":
      return isEmbedded
        ? [
            "Online Store → Themes → Customize.",
            "Add a “Custom Liquid” section where the widget should appear, and paste the snippet.",
            "Save.",
          ]
        : [
            "Online Store → Themes → ⋯ → Edit code.",
            "Open layout/theme.liquid and paste the snippet right before </body>.",
            "Save.",
          ];
    case "webflow":
      return isEmbedded
        ? [
            "Drag a “Code Embed” element to where the widget should appear.",
            "Paste the snippet and save.",
            "Publish the site. Previews don't run custom code.",
          ]
        : ["Site settings → Custom code.", "Paste the snippet into “Footer code” and save.", "Publish the site."];
    case "react":
      return ["Put this in a file, such as Referrals.jsx.", "Use <Referrals /> where the widget should appear."];
    case "gtm":
      return [
        "Tags → New → “Custom HTML”, then paste the snippet.",
        "Choose the “All Pages” trigger, or only the pages you want.",
        ...(isEmbedded ? ['Put <div id="referrals-widget"></div> where the widget should appear.'] : []),
        "Submit and publish the container.",
      ];
  }
}

type Told = { tone: "good" | "warn" | "bad"; title: string; help: Child };

/** The result of the check, and what to do next. */
export function toldOf(finding: Finding): Told {
  switch (finding.found) {
    case "yes":
      return {
        tone: "good",
        title: "The widget is on the page.",
        help: "You're live. Open the page and join to see it work.",
      };
    case "other_campaign":
      return {
        tone: "warn",
        title: "The page has the widget of another campaign.",
        help: "To use this campaign, replace that snippet with the one above.",
      };
    case "other_origin":
      return {
        tone: "warn",
        title: "The page loads the widget from another server.",
        help: "It may be a snippet from a test. Replace it with the one above.",
      };
    case "tag_manager":
      return {
        tone: "warn",
        title: "The snippet is not on the page, but Google Tag Manager is.",
        help: "We can't see what a tag manager adds. Publish its container and open the page; views then appear in the overview.",
      };
    case "nothing":
      return {
        tone: "bad",
        title: "The snippet is not on the page.",
        help: "Make sure it was saved and published, and clear your site's cache. Some sites add scripts in the browser, which we can't see; open the page to check.",
      };
    case "refused":
      return { tone: "bad", title: "We can't check this URL.", help: `The address ${finding.reason}.` };
    case "foreign":
      return {
        tone: "bad",
        title: "This page is not on the brand's website.",
        help: (
          <>
            We only check pages on the brand's domain, and this leads to <code>{hostOf(finding.url)}</code>.
          </>
        ),
      };
    case "unknown_host":
      return {
        tone: "bad",
        title: "We can't find a website with this name.",
        help: "Check the spelling. A new domain can take a few hours to work everywhere.",
      };
    case "too_many_redirects":
      return {
        tone: "bad",
        title: "The page redirects too many times.",
        help: "Enter the URL that your browser ends up at.",
      };
    case "status":
      return {
        tone: "bad",
        title: `The website returned ${finding.status}.`,
        help: "Make sure the page is public. We can't check pages behind a password, and some sites block automated checks; open the page yourself in that case.",
      };
    case "timeout":
      return { tone: "bad", title: "The website took too long to respond.", help: "Try again in a moment." };
    case "unreachable":
      return {
        tone: "bad",
        title: "The website could not be reached.",
        help: "Check that it opens with https in your browser.",
      };
    case "not_html":
      return { tone: "bad", title: "This is not a web page.", help: "Enter the address of the page with the widget." };
  }
}

const hostOf = (url: string) => URL.parse(url)?.host ?? url;
