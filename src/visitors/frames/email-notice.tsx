import type { Texts } from "../../texts/text";
import { MailIcon } from "./icons";

type MailProps = { texts: Texts; why: "known" | "confirm" | null; action: string; level: number };

/** The text is the same no matter who owns the email address, so it reveals nothing about them. */
export const MailStep = ({ texts, why, action, level }: MailProps) => (
  <div class="panel-step panel-mail" data-step-of="mail" hidden={why === null}>
    <span class="panel-badge">
      <MailIcon />
    </span>
    {/* biome-ignore lint/a11y/useSemanticElements: the level depends on the page around it. */}
    <div class="panel-done" role="heading" aria-level={level + 1} tabindex={-1} data-focus>
      {texts.check_mail}
    </div>
    <p data-why="known" hidden={why !== "known"}>
      {texts.check_mail_known}
    </p>
    <p data-why="confirm" hidden={why !== "confirm"}>
      {texts.check_mail_confirm}
    </p>
    <a class="panel-quiet" href={action} data-again>
      {texts.another_address}
    </a>
  </div>
);
