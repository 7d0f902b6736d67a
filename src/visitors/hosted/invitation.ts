import { amountOf } from "../../ledger/earned-reward";
import { fill, textsOf } from "../../texts/text";
import type { HostedCampaign } from "./hosted";

/** Sentences to a friend who was invited, each with a space after it. Both are empty for other visitors. */
export type Invitation = { by: string; gift: string };

export const NOBODY: Invitation = { by: "", gift: "" };

/** Who invites, and what the friend gets. Nothing if the inviter has no name to show. */
export function invitationBy(name: string | null, { config, worth }: HostedCampaign, language: string): Invitation {
  if (name === null) return NOBODY;
  const texts = textsOf(language, config.widget.texts);
  const { type, invited } = config.reward;
  const reward = invited && worth ? amountOf({ ...worth, type }, language) : null;
  if (reward !== null) return { by: `${fill(texts.invited_gives, { name, reward })} `, gift: "" };
  return {
    by: `${fill(texts.invited_by, { name })} `,
    gift: invited ? `${fill(texts.invited_gift, { reward: texts[`a_${type}`] })} ` : "",
  };
}
