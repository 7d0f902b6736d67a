import { closedWords } from "../../campaigns/closed-words";
import type { Texts } from "../../texts/text";
import type { WidgetConfig } from "../widget-api/widget-config";
import { ClockIcon } from "./icons";
import type { PanelState } from "./panel";

type ClosedProps = { config: WidgetConfig; texts: Texts; language: string; state: PanelState; level: number };

/** Replaces the form while nobody can join. */
export function ClosedStep({ config, texts, language, state, level }: ClosedProps) {
  const { title, text } = closedWords(config, texts, language);
  return (
    <div class="panel-step panel-mail" data-step-of="form" hidden={state.step !== "form"}>
      <span class="panel-badge">
        <ClockIcon />
      </span>
      {/* biome-ignore lint/a11y/useSemanticElements: the level depends on the page around it. */}
      <div class="panel-done" role="heading" aria-level={level + 1} tabindex={-1} data-focus>
        {title}
      </div>
      <p>{text}</p>
    </div>
  );
}

/** Whether nobody can join anymore, so there is no reason to share. */
export const isOver = ({ status }: Pick<WidgetConfig, "status">) => status === "ended" || status === "archived";

/** Shown above a participant's numbers while no friends can join. */
export const ClosedNotice = ({ config: { status }, texts }: { config: WidgetConfig; texts: Texts }) =>
  status === "live" ? null : (
    <p class="panel-text" data-closed>
      {texts[ownWords[status]]}
    </p>
  );

const ownWords = {
  draft: "own_scheduled",
  scheduled: "own_scheduled",
  paused: "own_paused",
  ended: "own_ended",
  archived: "own_ended",
} as const satisfies Record<Exclude<WidgetConfig["status"], "live">, keyof Texts>;
