import { headWords } from "../../campaigns/lander/lander-looks";
import { inkOn, standingOut } from "../../lib/color";
import { plainText } from "../../lib/richtext";
import { AUTO, directionOf, textsOf } from "../../texts/text";
import { invitationBy } from "../invitations/invitation";
import { logoKey } from "../share-images/logo";
import type { ShareImage } from "../share-images/share-image";
import type { HostedCampaign } from "./hosted";
import { themeOf } from "./theme";

const TITLE_MAX = 200;
const ACTION_MAX = 60;
const INVITER_MAX = 120;
/** The minimum contrast that makes an accent visible on its background. */
const VISIBLE = 1.6;

/**
 * The content of the campaign's share image; in a link from `inviter`, with their name. Its language is the link's,
 * otherwise the campaign's, or English if the campaign uses each visitor's language.
 */
export function shareImageOf(campaign: HostedCampaign, chosen?: string, inviter: string | null = null): ShareImage {
  const { lander, brand, config } = campaign;
  const { widget } = config;
  const language = chosen ?? (widget.language === AUTO ? "en" : widget.language);
  const words = headWords(lander, widget, textsOf(language, widget.texts));
  const theme = themeOf({ lander: { ...lander, background_type: "color" }, brand, config });
  const accent = standingOut(theme.accent, VISIBLE, theme.ground);
  return {
    by: invitationBy(inviter, campaign.config, language).by.trim().slice(0, INVITER_MAX).toWellFormed(),
    title: (plainText(words.title).trim() || campaign.name).slice(0, TITLE_MAX).toWellFormed(),
    name: brand.name,
    domain: brand.domain,
    logo: logoKey(brand.logo_url),
    action: plainText(words.button).trim().slice(0, ACTION_MAX).toWellFormed(),
    direction: directionOf(language),
    background: theme.ground,
    ink: theme.ink,
    accent,
    on_accent: inkOn(accent),
  };
}
