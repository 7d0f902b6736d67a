import { namedReward } from "../../campaigns/reward/reward-promise";
import { giftOf } from "../../campaigns/rules/promised-rule";
import type { RewardKind } from "../../ledger/records/reward-kinds";
import { fill, type Texts, textsOf } from "../../texts/text";
import type { WidgetConfig } from "../widget-api/widget-config";

/**
 * Sentences for an invited friend, each followed by a space, and the part of the share image's URL that names the
 * inviter. All are empty for other visitors.
 */
export type Invitation = { by: string; gift: string; image: string };

export const NOBODY: Invitation = { by: "", gift: "", image: "" };

/** Who invites the visitor, and what they get. Empty if the inviter has no name to show. */
export function invitationBy(name: string | null, config: WidgetConfig, language: string): Invitation {
  if (name === null) return NOBODY;
  const texts = textsOf(language, config.widget.texts);
  const { named, kind } = giftIn(config, texts, language);
  if (named !== null) return { ...NOBODY, by: `${fill(texts.invited_gives, { name, reward: named })} ` };
  return {
    ...NOBODY,
    by: `${fill(texts.invited_by, { name })} `,
    gift: kind ? `${fill(texts.invited_gift, { reward: texts[`a_${kind}`] })} ` : "",
  };
}

type Gift = { named: string | null; kind: RewardKind | null };

/** What friends get for joining: the campaign's own reward, or otherwise the first rule that rewards it. */
function giftIn({ reward, rules }: WidgetConfig, texts: Texts, language: string): Gift {
  if (reward.invited) return { named: namedReward(reward, texts, language), kind: reward.type };
  const rule = rules.find(({ role, trigger }) => role === "invited" && trigger === "signup");
  if (!rule) return { named: null, kind: null };
  return { named: rule.reward.amount === null ? null : giftOf(rule.reward, texts, language), kind: rule.reward.type };
}
