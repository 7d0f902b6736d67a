import { count, fill, numberIn, type Texts } from "../../texts/text";
import type { WidgetConfig } from "../widget-api/widget-config";
import type { Me } from "./me";

type PlaceProps = { me: Me | null; waitlist: WidgetConfig["waitlist"]; texts: Texts; language: string };

/** The participant's place in line, if the campaign has a waitlist. The script fills it in after a signup. */
export function Place({ me, waitlist, texts, language }: PlaceProps) {
  if (!waitlist) return null;
  const { position = null, of = 0, admitted_at = null } = me?.waitlist ?? {};
  const words = { position: numberIn(language, position ?? 0), of: numberIn(language, of) };
  return (
    <div class="panel-place" data-place-box hidden={position === null && admitted_at === null}>
      <p class="panel-goal">
        <b data-place>{admitted_at ? texts.waitlist_admitted : fill(texts.waitlist_place, words)}</b>
      </p>
      {waitlist.places_per_friend > 0 && (
        <p class="panel-left" data-place-next hidden={admitted_at !== null}>
          {count(texts, language, "waitlist_next", waitlist.places_per_friend)}
        </p>
      )}
    </div>
  );
}
