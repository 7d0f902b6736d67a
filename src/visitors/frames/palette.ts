import type { Widget } from "../../campaigns/widget/widget-schema";
import { widgetDefaults } from "../../campaigns/widget/widget-schema";
import { colorOr, contrast, inkOn, mix, readable, SYMBOL, standingOut, TEXT } from "../../lib/color";

/** The templates' looks. Higher template ids start over. */
export const looks = ["card", "plain", "split", "bold"] as const;
type Look = (typeof looks)[number];

export const lookOf = (templateId: number): Look => looks[(templateId - 1) % looks.length] ?? "card";

/** Under this dark veil, white text stays readable on any image, even a white one. */
export const VEIL = "rgb(10 12 18 / .6)";

const FAINT = 1.6;

/** All colors of a panel, each with enough contrast for its use. */
export function palette(widget: Widget) {
  const set = (field: "color" | "header_font_color" | "header_description_color" | "text_color" | "button_color") =>
    colorOr(widget[field], widgetDefaults[field]);
  const look = lookOf(widget.template_id);
  const brand = set("color");
  const own = colorOr(widget.background_color, widgetDefaults.background_color);
  const surface = widget.background_type === "color" || widget.background_type === "image" ? own : "#ffffff";
  const text = readable(set("text_color"), surface, "#1f2937");
  const soft = mix(set("button_color"), surface, 0.08);
  const isBand = widget.header_background_type === "color" && look !== "plain";
  const isImage = widget.header_background_type === "image";
  const head = isImage ? "#000000" : isBand ? brand : surface;
  const title = isImage ? "#ffffff" : readable(set("header_font_color"), head, text);
  return {
    brand,
    head,
    title,
    lede: isImage
      ? "#f1f2f4"
      : readable(set("header_description_color"), head, standingOut(mix(title, head, 0.8), TEXT, head)),
    surface,
    text,
    muted: standingOut(mix(text, surface, 0.62), TEXT, surface, soft),
    line: mix(text, surface, 0.13),
    edge: standingOut(mix(text, surface, 0.4), SYMBOL, surface),
    soft,
    accent: set("button_color"),
    ink: inkOn(set("button_color")),
    /** A button that looks like the surface gets a visible border. */
    rim:
      contrast(set("button_color"), surface) < FAINT
        ? standingOut(mix(text, surface, 0.4), SYMBOL, surface)
        : "transparent",
    /** The accent color, for text and symbols on the surface. */
    link: standingOut(set("button_color"), TEXT, surface, soft),
    bad: standingOut("#c81e1e", TEXT, surface),
  };
}
