import { rewardHeading } from "../../campaigns/reward/reward-promise";
import { giftOf, type PromisedRule } from "../../campaigns/rules/promised-rule";
import { capitalized, count, type Texts } from "../../texts/text";
import type { WidgetConfig } from "../widget-api/widget-config";
import { CheckIcon, GiftIcon } from "./icons";

type LadderProps = { config: WidgetConfig; current: number; texts: Texts; language: string };

/** Whether a rule is a step toward the campaign's own goal. */
const isStep = ({ goal }: WidgetConfig, { role, trigger, repeat }: PromisedRule) =>
  role === "referrer" && trigger === goal.type && repeat === "once";

/** The rules that are not steps. */
export const promisedBesides = (config: WidgetConfig) => config.rules.filter((rule) => !isStep(config, rule));

/** The rewards along the way, nearest first. The script marks those that are reached. */
export function Ladder({ config, current, texts, language }: LadderProps) {
  const { goal, reward, rules } = config;
  const own = { at: goal.target, gift: rewardHeading(reward, texts, language), image_url: reward.image_url };
  const others = rules
    .filter((rule) => isStep(config, rule))
    .map((rule) => ({
      at: rule.threshold,
      gift: capitalized(language, giftOf(rule.reward, texts, language)),
      image_url: rule.image_url,
    }));
  const steps = [own, ...others].sort((a, b) => a.at - b.at);
  return (
    <ol class="panel-ladder">
      {steps.map(({ at, gift, image_url }) => (
        <li class={current >= at ? "reached" : undefined} data-step-at={String(at)}>
          <Picture url={image_url} />
          <span>{gift}</span>
          <small>{count(texts, language, `step_${goal.type}`, at)}</small>
          <span class="panel-tick">
            <CheckIcon />
            <span class="panel-sr">{texts.step_reached}</span>
          </span>
        </li>
      ))}
    </ol>
  );
}

const Picture = ({ url }: { url: string | null }) =>
  url ? (
    <img src={url} alt="" width="40" height="40" loading="lazy" />
  ) : (
    <span class="panel-badge small">
      <GiftIcon />
    </span>
  );

/** The reward above the form, if its owner gave it a name or image. */
export const RewardCard = ({ config, texts, language }: Omit<LadderProps, "current">) =>
  config.reward.title || config.reward.image_url ? (
    <div class="panel-prize">
      <Picture url={config.reward.image_url} />
      <div>
        <b>{rewardHeading(config.reward, texts, language)}</b>
        <small>{count(texts, language, `step_${config.goal.type}`, config.goal.target)}</small>
      </div>
    </div>
  ) : null;
