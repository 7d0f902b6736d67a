/** The widgets that a page asks for. */
export type Widgets = {
  /** The one that was looked for. */
  isHere: boolean;
  /** Ours, of another campaign. */
  isOther: boolean;
  /** This campaign's number at another place than ours, as of a test. */
  isElsewhere: boolean;
  /** Scripts that a tag manager adds are not in the page. */
  hasTagManager: boolean;
};

const SCRIPT = /<script\b[^>]*>/gi;
const COMMENT = /<!--[\s\S]*?(?:-->|$)/g;
/** An address of the widget in a script's own text, as snippets for frameworks and tag managers have it. */
const WRITTEN = /["'](https?:\\?\/\\?\/[^"'\s]{1,300}?\/widget\.js[^"'\s]{0,300})["']/g;

/** Reads what a page says, and runs nothing of it. */
export function findWidget(html: string, { origin, campaignId }: { origin: string; campaignId: number }): Widgets {
  const page = html.replace(COMMENT, "");
  const tags = [...page.matchAll(SCRIPT)].map(([tag]) => ({
    src: attribute(tag, "src"),
    campaign: attribute(tag, "data-campaign"),
  }));
  const written = [...page.matchAll(WRITTEN)].map(([, src = ""]) => ({
    src: src.replaceAll("\\/", "/"),
    campaign: "",
  }));
  const widgets = [...tags, ...written].flatMap(({ src, campaign }) => {
    const url = URL.parse(src.replaceAll("&amp;", "&"), origin);
    if (!url?.pathname.endsWith("/widget.js")) return [];
    return [{ isOurs: url.origin === origin, campaign: campaign || url.searchParams.get("campaign") }];
  });
  const isThis = ({ campaign }: { campaign: string | null }) => campaign === String(campaignId);
  return {
    isHere: widgets.some((widget) => widget.isOurs && isThis(widget)),
    isOther: widgets.some((widget) => widget.isOurs && !isThis(widget)),
    isElsewhere: widgets.some((widget) => !widget.isOurs && isThis(widget)),
    hasTagManager: page.includes("googletagmanager.com/"),
  };
}

function attribute(tag: string, name: string) {
  const [, double, single, bare] =
    new RegExp(`\\s${name}\\s*=\\s*(?:"([^"]*)"|'([^']*)'|([^\\s>"']+))`, "i").exec(tag) ?? [];
  return double ?? single ?? bare ?? "";
}
