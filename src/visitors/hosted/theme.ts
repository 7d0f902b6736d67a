import { type BrandKit, NO_KIT } from "../../campaigns/brand-kit";
import {
  ACCENT,
  FONT_COLOR,
  imageOf,
  RECEIPT,
  templateIdOf,
  unsetLooks,
  WHITE,
} from "../../campaigns/lander/lander-looks";
import { colorOr, contrast, inkOn, mix, readable, standingOut, TEXT } from "../../lib/color";
import { fontStack } from "../../lib/font";
import { cssUrl } from "../../lib/html";
import type { HostedCampaign } from "./hosted";

const NIGHT = "#0a0c12";
const DARK_INK = "#1f2937";

/** The opacity of the scrim over an image. Enough for text on the brightest or darkest image. */
const DARK_SCRIM = 0.62;
const LIGHT_SCRIM = 0.86;

type Theme = {
  /** The least favorable color that can be behind the text at the top of the page. */
  ground: string;
  ink: string;
  accent: string;
  image: string | null;
  css: string;
};

/** A campaign page's colors, each adjusted to be readable on its background. */
export function themeOf({ lander, brand, config }: Pick<HostedCampaign, "lander" | "brand" | "config">): Theme {
  const template = templateIdOf(lander.template_id);
  const wish = colorOr(lander.font_color ?? "", FONT_COLOR);
  const accent = colorOr(config.widget.button_color, ACCENT);
  const image = imageOf(lander, brand.background_image);
  const unset = unsetLooks(lander, brand.background_image, config.widget);
  const own =
    lander.background_type === "transparent" ? WHITE : colorOr(lander.background_color ?? "", unset.background_color);
  const isSlip = template === RECEIPT;
  const paper = image || isSlip || own === accent ? WHITE : own;
  // Uses a light scrim only if dark text was set, because images look better under a dark one.
  const isLight = image !== null && Boolean(lander.font_color) && inkOn(wish) === WHITE;
  const veil = isLight ? WHITE : NIGHT;
  const share = isLight ? LIGHT_SCRIM : DARK_SCRIM;
  const ground = image ? mix(veil, isLight ? "#000000" : WHITE, share) : isSlip && own === WHITE ? shade(WHITE) : own;
  const ink = readable(wish, ground, inkOn(ground) === WHITE ? WHITE : DARK_INK);
  const css = root({
    ...paperOf(paper, standingOut(readable(wish, paper, DARK_INK), TEXT, paper, shade(paper)), accent),
    ground,
    ink,
    muted: standingOut(mix(ink, ground, 0.78), TEXT, ground),
    line: mix(ink, ground, 0.18),
    link: standingOut(accent, TEXT, ground),
    image: image ? cssUrl(image) : "none",
    scrim: `rgb(${isLight ? "255 255 255" : "10 12 18"} / ${share})`,
    font: fontStack(lander.font_family || unset.font_family),
  });
  return { ground, ink, accent, image, css };
}

/** For pages that do not belong to a campaign: the brand's colors or our own. Text over an image gets a dark scrim. */
export function plainTheme(image: string | null, kit: BrandKit = NO_KIT) {
  const accent = colorOr(kit.button_color ?? kit.color ?? "", ACCENT);
  const properties = {
    ...paperOf(WHITE, DARK_INK, accent),
    ground: image ? NIGHT : "#f6f7f9",
    ink: image ? WHITE : DARK_INK,
    muted: image ? "#e5e7eb" : "#4b5563",
    line: "#e5e7eb",
    link: image ? WHITE : standingOut(accent, TEXT, "#f6f7f9"),
    image: image ? cssUrl(image) : "none",
    scrim: `rgb(10 12 18 / ${DARK_SCRIM})`,
    font: fontStack(kit.font_family ?? ""),
  };
  return root(properties);
}

const root = (properties: Record<string, string>) =>
  `:root{${Object.entries(properties)
    .map(([name, value]) => `--h-${name}:${value}`)
    .join(";")}}`;

/** Colors of text on paper, and of buttons. */
const paperOf = (paper: string, ink: string, accent: string) => ({
  paper,
  "paper-ink": ink,
  "paper-muted": standingOut(mix(ink, paper, 0.7), TEXT, paper, shade(paper)),
  "paper-line": mix(ink, paper, 0.14),
  "paper-link": standingOut(accent, TEXT, paper, shade(paper)),
  shade: shade(paper),
  "band-muted": standingOut(mix(paper, ink, 0.78), TEXT, ink),
  "band-link": standingOut(accent, TEXT, ink),
  accent,
  on: inkOn(accent),
});

/**
 * Slightly darker than the paper, or lighter if the paper is dark. The paper itself if the contrast would be too low.
 */
function shade(paper: string) {
  const ink = inkOn(paper);
  const tinted = mix(ink, paper, contrast(paper, WHITE) > 7 ? 0.09 : 0.035);
  return contrast(ink, tinted) >= TEXT ? tinted : paper;
}
