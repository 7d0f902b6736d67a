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

const SCRIPT = /<script\b[^>]*>/gi;
const COMMENT = /<!--[\s\S]*?(?:-->|$)/g;
/** A widget URL inside a script's text, as in the snippets for frameworks and tag managers. */
const WRITTEN = /["'](https?:\\?\/\\?\/[^"'\s]{1,300}?\/widget\.js[^"'\s]{0,300})["']/g;

/** Parses the HTML only. Nothing in it runs. */
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
