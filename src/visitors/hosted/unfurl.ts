import { headWords } from "../../campaigns/lander/lander-looks";
import { inkOn, standingOut } from "../../lib/color";
import { plainText } from "../../lib/richtext";
import { AUTO, textsOf } from "../../texts/text";
import type { ShareImage } from "../share-images/share-image";
import type { HostedCampaign } from "./hosted";
import { themeOf } from "./theme";

const TITLE_MAX = 200;
const ACTION_MAX = 60;
/** What an accent needs to be seen on its ground at all. */
const VISIBLE = 1.6;

/** What the campaign's share image shows. Whoever speaks each visitor's language has it in English. */
export function shareImageOf(campaign: HostedCampaign): ShareImage {
  const { lander, brand, config } = campaign;
  const { widget } = config;
  const words = headWords(lander, widget, textsOf(widget.language === AUTO ? "en" : widget.language, widget.texts));
  const theme = themeOf({ lander: { ...lander, background_type: "color" }, brand, config });
  const accent = standingOut(theme.accent, VISIBLE, theme.ground);
  return {
    title: (plainText(words.title).trim() || campaign.name).slice(0, TITLE_MAX).toWellFormed(),
    domain: brand.domain,
    action: plainText(words.button).trim().slice(0, ACTION_MAX).toWellFormed(),
    background: theme.ground,
    ink: theme.ink,
    accent,
    on_accent: inkOn(accent),
  };
}
