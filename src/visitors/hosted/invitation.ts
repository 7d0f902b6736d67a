import { giftOf } from "../../campaigns/rules/promised-rule";
import { amountOf } from "../../ledger/earned-reward";
import type { RewardKind } from "../../ledger/reward-kinds";
import { fill, type Texts, textsOf } from "../../texts/text";
import type { HostedCampaign } from "./hosted";

/**
 * Sentences to a friend who was invited, each with a space after it, and what the share image's URL needs to name the
 * inviter. All are empty for other visitors.
 */
export type Invitation = { by: string; gift: string; image: string };

export const NOBODY: Invitation = { by: "", gift: "", image: "" };

/** Who invites, and what the friend gets. Nothing if the inviter has no name to show. */
export function invitationBy(name: string | null, campaign: HostedCampaign, language: string): Invitation {
  if (name === null) return NOBODY;
  const texts = textsOf(language, campaign.config.widget.texts);
  const { worth, kind } = giftIn(campaign, texts, language);
  if (worth !== null) return { ...NOBODY, by: `${fill(texts.invited_gives, { name, reward: worth })} ` };
  return {
    ...NOBODY,
    by: `${fill(texts.invited_by, { name })} `,
    gift: kind ? `${fill(texts.invited_gift, { reward: texts[`a_${kind}`] })} ` : "",
  };
}

type Gift = { worth: string | null; kind: RewardKind | null };

/** What friends get for joining: by the campaign's own reward, else by the first rule that rewards it. */
function giftIn({ config, worth }: HostedCampaign, texts: Texts, language: string): Gift {
  const { type, invited } = config.reward;
  if (invited) return { worth: worth ? amountOf({ ...worth, type }, language) : null, kind: type };
  const rule = config.rules.find(({ role, trigger }) => role === "invited" && trigger === "signup");
  if (!rule) return { worth: null, kind: null };
  return { worth: rule.reward.amount === null ? null : giftOf(rule.reward, texts, language), kind: rule.reward.type };
}
