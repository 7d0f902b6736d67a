import { promiseOf } from "../../campaigns/rules/promised-rule";
import type { Texts } from "../../texts/text";
import type { WidgetConfig } from "../widget-api/widget-config";

type PromisesProps = { rules: WidgetConfig["rules"]; texts: Texts; language: string };

/** The rewards that the campaign's rules promise besides its own. */
export const Promises = ({ rules, texts, language }: PromisesProps) =>
  rules.length > 0 && (
    <div class="promises">
      <p>{texts.more_rewards}</p>
      <ul>
        {rules.map((rule) => (
          <li>
            {rule.image_url && <img src={rule.image_url} alt="" width="40" height="40" loading="lazy" />}
            {promiseOf(rule, texts, language)}
          </li>
        ))}
      </ul>
    </div>
  );
