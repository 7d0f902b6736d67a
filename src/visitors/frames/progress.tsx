import type { Goal } from "../../ledger/signups/outcome";
import { fill, numberIn, type Texts } from "../../texts/text";
import type { Me } from "./me";

type ProgressProps = { me: Me | null; goal: Goal; texts: Texts; language: string };

export function Progress({ me, goal, texts, language }: ProgressProps) {
  const current = Math.min(goal.current, goal.target);
  const label = goal.type === "visit" ? texts.goal_visit : texts.goal_signup;
  const numbers = [
    ["referral_count", texts.friends, me?.referral_count ?? 0],
    ["click_count", texts.clicks, me?.click_count ?? 0],
    ["rank", texts.rank, me && isScored(me) ? me.rank : null],
  ] as const;
  return (
    <div class="panel-progress">
      <p class="panel-goal">
        <span>{label}</span>
        <b dir="ltr">
          <span data-goal-current>{numberIn(language, goal.current)}</span> / {numberIn(language, goal.target)}
        </b>
      </p>
      <progress class={goal.met ? "met" : undefined} value={current} max={goal.target} aria-label={label} data-goal />
      <p class="panel-left" data-goal-left>
        {goal.met ? texts.goal_met : fill(texts.goal_left, { left: numberIn(language, goal.target - current) })}
      </p>
      <dl class="panel-numbers">
        {numbers.map(([name, text, value]) => (
          <div hidden={value === null}>
            <dt>{text}</dt>
            <dd data-number={name}>{value === null ? "" : numberIn(language, value)}</dd>
          </div>
        ))}
      </dl>
    </div>
  );
}

/** Before their first friend or click, all participants share one rank, so we do not show it. */
const isScored = ({ referral_count, click_count }: Me) => referral_count + click_count > 0;
