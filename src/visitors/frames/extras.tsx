import { numberIn, type Texts } from "../../texts/text";
import type { WidgetConfig } from "../widget-api/widget-config";

/** Shows the end as a date. The script replaces it with a running countdown and hides it at the end. */
export function Countdown({ end, texts }: { end: string | null; texts: Texts }) {
  if (!end) return null;
  return (
    <div class="panel-countdown" data-countdown={end} role="timer" aria-label={texts.ends_in}>
      <span>{texts.ends_in}</span>
      <time datetime={end} data-clock-date>
        {`${end.slice(0, 16).replace("T", " ")} UTC`}
      </time>
      <span class="panel-clock" data-clock hidden>
        {(["days", "hours", "minutes", "seconds"] as const).map((unit) => (
          <span class="panel-clock-part">
            <b data-unit={unit}>0</b>
            <small>{texts[unit]}</small>
          </span>
        ))}
      </span>
    </div>
  );
}

type TotalsProps = { stats: WidgetConfig["stats"]; texts: Texts; language: string };

/** The campaign's totals, without zeros. */
export function Totals({ stats, texts, language }: TotalsProps) {
  if (!stats) return null;
  const shown = [
    [texts.stat_participants, stats.participants],
    [texts.stat_shares, stats.shares],
    [texts.clicks, stats.clicks],
    [texts.stat_views, stats.impressions],
  ].filter(([, value]) => Number(value) > 0);
  if (shown.length === 0) return null;
  return (
    <dl class="panel-totals">
      {shown.map(([label, value]) => (
        <div>
          <dt>{label}</dt>
          <dd>{numberIn(language, Number(value))}</dd>
        </div>
      ))}
    </dl>
  );
}
