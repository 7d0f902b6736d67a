import type { Page } from "playwright-core";

/**
 * The seconds that a person needs for actions that a script does instantly: the keystroke-level model of Card, Moran, and Newell (1983), with
 * its average typist (40 words a minute). On a phone people type 36 words a minute (Palin et al., 2019).
 */
const SECONDS = { think: 1.35, point: 1.1, click: 0.2, key: 0.28, home: 0.4, phoneKey: 0.33 };

export type Device = "mouse" | "keyboard" | "phone";

/** A person's time. It advances by their actions, not by the machine's speed. */
export function paceOf(page: Page, device: Device) {
  const typed = device === "phone" ? SECONDS.phoneKey : SECONDS.key;
  const counts = { acts: 0, keys: 0, points: 0 };
  let seconds = 0;
  let isAtKeys = device === "keyboard";
  const press = page.keyboard.press.bind(page.keyboard);
  page.keyboard.press = (key, options) => {
    strike(1);
    return press(key, options);
  };
  function strike(keys: number) {
    counts.keys += keys;
    seconds += keys * typed;
  }
  /** On a phone, the fingers that type also point. */
  function reachFor(keys: boolean) {
    if (device === "mouse" && isAtKeys !== keys) seconds += SECONDS.home;
    isAtKeys = keys;
  }
  return {
    counts,
    seconds: () => seconds,
    think: () => {
      counts.acts++;
      seconds += SECONDS.think;
    },
    point: () => {
      if (device === "keyboard") return;
      reachFor(false);
      counts.points++;
      seconds += SECONDS.point + SECONDS.click;
    },
    /** Keys that the script does not press individually. */
    type: (text: string) => {
      reachFor(true);
      strike(text.length);
    },
    /** Other time, such as a page load. */
    wait: (more: number) => {
      seconds += more;
    },
  };
}
