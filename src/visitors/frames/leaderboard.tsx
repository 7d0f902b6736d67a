import { numberIn, type Texts } from "../../texts/text";
import type { Leader } from "./me";

type LeadersProps = { leaders: Leader[] | undefined; goal: "signup" | "visit"; texts: Texts; language: string };

/** The first ten, with shortened names. The script creates its rows from the template. */
export function Leaders({ leaders = [], goal, texts, language }: LeadersProps) {
  const score = goal === "visit" ? "click_count" : "referral_count";
  const line = (leader: Leader | null) => (
    <li>
      <span class="panel-rank" data-leader="rank">
        {leader && numberIn(language, leader.rank)}
      </span>
      <bdi class="panel-name" data-leader="name">
        {leader && (leader.name ?? texts.somebody)}
      </bdi>
      <b data-leader={score}>{leader && numberIn(language, leader[score])}</b>
    </li>
  );
  return (
    <details class="panel-more" data-leaders-box hidden={leaders.length === 0}>
      <summary>{texts.leaderboard}</summary>
      <ol class="panel-leaders" data-list="leaders">
        {leaders.map(line)}
      </ol>
      <template data-item="leaders">{line(null)}</template>
    </details>
  );
}
