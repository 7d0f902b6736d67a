export type Widgets = {
  /** This campaign's widget, from this installation. */
  isHere: boolean;
  /** Another campaign's widget, from this installation. */
  isOther: boolean;
  /** This campaign's widget, but from another origin, such as a test installation. */
  isElsewhere: boolean;
  /** Scripts that a tag manager adds are not in the HTML. */
  hasTagManager: boolean;
};

/** Stops at the next tag, so a page of unfinished tags is read only once. */
const SCRIPT = /<script\b[^<>]*>/gi;
/** How many of each kind we look at. No page for people has more. */
const PLACES_MAX = 1_000;
const ELEMENT = /<referrals-widget\b[^<>]*>/gi;
const COMMENT = /<!--[\s\S]*?(?:-->|$)/g;
/** A widget URL in a script's text, as in the snippets for frameworks and tag managers. */
const WRITTEN = /["'](https?:\\?\/\\?\/[^"'\s]{1,300}?\/widget\.js[^"'\s]{0,300})["']/g;

/** Parses the HTML only. Nothing in it runs. */
export function findWidget(html: string, { origin, campaignId }: { origin: string; campaignId: number }): Widgets {
  const page = html.replace(COMMENT, "");
  const tags = [...page.matchAll(SCRIPT).take(PLACES_MAX)].map(([tag]) => ({
    src: attribute(tag, SRC),
    campaign: attribute(tag, CAMPAIGN),
  }));
  const written = [...page.matchAll(WRITTEN).take(PLACES_MAX)].map(([, src = ""]) => ({
    src: src.replaceAll("\\/", "/"),
    campaign: "",
  }));
  const elements = [...page.matchAll(ELEMENT).take(PLACES_MAX)].map(([tag]) => attribute(tag, OF_ELEMENT));
  const scripts = [...tags, ...written].flatMap(({ src, campaign }) => {
    const url = URL.parse(src.replaceAll("&amp;", "&"), origin);
    if (!url?.pathname.endsWith("/widget.js")) return [];
    return [{ isOurs: url.origin === origin, campaign: campaign || url.searchParams.get("campaign") }];
  });
  // Frameworks often add an element's script in the browser.
  const sources = scripts.length === 0 ? [{ isOurs: true, campaign: null }] : scripts;
  const widgets = sources.flatMap(({ isOurs, campaign }) =>
    campaign === null ? elements.map((one) => ({ isOurs, campaign: one })) : [{ isOurs, campaign }],
  );
  const isThis = ({ campaign }: { campaign: string | null }) => campaign === String(campaignId);
  return {
    isHere: widgets.some((widget) => widget.isOurs && isThis(widget)),
    isOther: widgets.some((widget) => widget.isOurs && !isThis(widget)),
    isElsewhere: widgets.some((widget) => !widget.isOurs && isThis(widget)),
    hasTagManager: page.includes("googletagmanager.com/"),
  };
}

const SRC = /\ssrc\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>"']+))/i;
const OF_ELEMENT = /\scampaign\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>"']+))/i;
const CAMPAIGN = /\sdata-campaign\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>"']+))/i;

function attribute(tag: string, name: RegExp) {
  const [, double, single, bare] = name.exec(tag) ?? [];
  return double ?? single ?? bare ?? "";
}
