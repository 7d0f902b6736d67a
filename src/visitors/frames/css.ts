import type { Widget } from "../../campaigns/widget/widget-schema";
import { fontStack } from "../../lib/font";
import { cssUrl } from "../../lib/html";
import { sheet } from "./frame-sheet";
import { palette, VEIL } from "./palette";

/**
 * The style sheet of a campaign's panel: its colors, images, and sizes as custom properties, and the styles that all
 * panels share.
 */
export function panelCss(widget: Widget): string {
  const properties = Object.entries({
    ...palette(widget),
    font: fontStack(widget.font_family),
    veil: VEIL,
    image: image(widget.background_type === "image" ? widget.background_image : null),
    "head-image": image(widget.header_background_type === "image" ? widget.banner_image_url : null),
    "side-image": image(widget.left_image),
    width: widget.widget_width ? `${widget.widget_width}px` : "100%",
    height: widget.widget_height ? `${widget.widget_height}px` : "auto",
  });
  return `.panel{${properties.map(([name, value]) => `--${name}:${value}`).join(";")}}\n${sheet}`;
}

const image = (url: string | null) => (url ? cssUrl(url) : "none");
