import { colorOr } from "../../lib/color";
import type { Texts } from "../../texts/text";
import { wordsOf } from "../widget/widget";
import { type Widget, widgetDefaults } from "../widget/widget-schema";
import type { LanderChange } from "./lander-schema";

export type TemplateId = 1 | 2 | 3 | 4 | 5;
const isTemplate = (id: number): id is TemplateId => id >= 1 && id <= 5;
export const templateIdOf = (id: number | undefined): TemplateId => (id !== undefined && isTemplate(id) ? id : 1);

/**
 * The texts at the top of a campaign's page, as basic HTML: the landing page's own, or else the widget's, or else the
 * language's default.
 */
export function headWords(lander: LanderChange, widget: Partial<Widget>, texts: Texts) {
  const words = wordsOf(widget, texts);
  return {
    title: lander.header_title || words.header_title,
    lede: lander.header_description || words.description,
    button: lander.button_text || words.button_text,
  };
}

export const WHITE = "#ffffff";
export const FONT_COLOR = "#1f2937";
export const ACCENT = "#4f46e5";

const POSTER = 4;
export const RECEIPT = 5;
const MONOSPACE = "ui-monospace, SF Mono, Menlo, Consolas, monospace";

/**
 * Defaults by template: a poster without an image gets the brand color, and a receipt a monospace font unless the brand
 * has a font.
 */
export function unsetLooks(
  lander: LanderChange,
  brands: string | null,
  { button_color, font_family }: Pick<Widget, "button_color" | "font_family">,
) {
  const template = templateIdOf(lander.template_id);
  const isPlainPoster = template === POSTER && imageOf(lander, brands) === null;
  return {
    background_color: isPlainPoster ? colorOr(button_color, ACCENT) : WHITE,
    font_family: template === RECEIPT && font_family === widgetDefaults.font_family ? MONOSPACE : font_family,
  };
}

/** The background image at the top of the page: the landing page's own, or else the brand's. */
export function imageOf(lander: LanderChange, brands: string | null) {
  const type = lander.background_type ?? (brands ? "image" : "color");
  return type === "image" ? (lander.background_image ?? brands) : null;
}
