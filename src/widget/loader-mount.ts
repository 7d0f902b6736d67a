import type { embed } from "./embed";
import type { launch, Settings } from "./launcher";
import { page } from "./loader-api";
import type { Seat } from "./loader-frame";
import { guarded, warn } from "./loader-guard";
import { referralIn } from "./loader-referral";
import type { memoryOf } from "./memory";
import { oldCodesIn } from "./old-link";

/** What a script or element asks for. */
export type Wish = {
  origin: string;
  campaign: string;
  mode?: string;
  target?: string;
  offset?: string;
  ref?: string;
  consent?: string;
  cookie?: string;
  language?: string;
};

/** A script's or element's widget. */
type Life = {
  key: string;
  /** Whether the script never ran: a page rendered it, maybe as a copy of one that runs. */
  isCopy: boolean;
  /** Whether the widget stays without its script. Loaders often remove their scripts from the head. */
  isFree: boolean;
  /** The element that contains the widget. Unset while its place is missing or taken. */
  host?: Element;
  /** The target or corner that this widget occupies. */
  place?: unknown;
  /** Looks for a free place. */
  settle?(): void;
  leave?(): void;
};

/** The files that show widgets, one per placement. */
type Files = { ready: Promise<unknown> } & (
  | { embed: typeof embed; launch?: undefined }
  | { launch: typeof launch; embed?: undefined }
);

const MODES = ["embed", "popup", "floating", "topbar"];
const lives = new Map<HTMLElement, Life>();
const isShown = (key: string) => [...lives.values()].some((life) => life.host && life.key === key);
const isTaken = (place: unknown) => [...lives.values()].some((life) => life.place === place);

/** Mounts the widget of a script or element, once while it is on the page. */
export async function mount(own: HTMLElement, wish: Wish, isCopy = false) {
  const { origin, campaign, target, offset, ref, consent, cookie, language } = wish;
  const known = lives.get(own);
  if (known?.isCopy && !isCopy) {
    known.isCopy = false;
    settleAll();
  }
  // If it was removed before its script ran, it is no longer wanted.
  if (known || !own.isConnected) return;
  const life: Life = { key: `${origin} ${campaign}`, isCopy, isFree: document.head.contains(own) };
  lives.set(own, life);
  if (!/^[1-9]\d{0,15}$/.test(campaign) || !/^https?:/.test(origin))
    return warn(`no campaign in ${own.outerHTML}, as in widget.js?campaign=123`);

  const asked = MODES.includes(wish.mode ?? "") ? wish.mode : target && "embed";
  // An embedded frame brings its own settings, which saves a request.
  const settings = asked === "embed" ? {} : await settingsOf(origin, campaign);
  if (!settings) return warn(`there is no campaign ${campaign}`);
  const mode = asked ?? settings.widget?.placement ?? "embed";
  const code = await codeOfOldLink(origin, campaign, ref);
  const seat: Seat = { campaign, origin, mode, offset, code, language };
  if ((ref ?? consent ?? cookie) !== undefined) {
    const file: { memoryOf: typeof memoryOf } = await import(`${origin}/memory.js`);
    seat.memory = await file.memoryOf(page, { ref: ref && (code || ref), consent, cookie });
  }
  const file: Files = await import(`${origin}/${mode === "embed" ? "embed" : "popup"}.js`);
  await file.ready;
  // Two buttons for the same campaign would overlap.
  const corner = `${life.key} ${mode}`;
  life.settle = () => {
    const isFirst = !life.leave && !(life.isCopy && isShown(life.key));
    if (file.embed) Object.assign(life, file.embed(page, seat, own, { target, isTaken, isFirst }));
    else if (isFirst && !isTaken(corner)) Object.assign(life, { place: corner }, file.launch(page, seat, settings));
  };
  if (lives.get(own) === life) life.settle();
}

/**
 * Our code for another product's link that led to this page, or for the code that the page's server knows. Empty if
 * there is none or the request fails.
 */
async function codeOfOldLink(origin: string, campaign: string, ref?: string): Promise<string> {
  const search = ref === undefined ? location.search : `?${new URLSearchParams({ ref })}`;
  const codes = referralIn(search, campaign) ? [] : oldCodesIn(search);
  if (codes.length === 0) return "";
  const query = new URLSearchParams([["campaign_id", campaign], ...codes.map((code) => ["code", code])]);
  return import(`${origin}/api/widget/old-link.js?${query}`).then(
    ({ default: code }) => code,
    () => "",
  );
}

/**
 * Null if the campaign does not exist. If a policy blocks data requests, the settings come as a script. If nothing
 * comes, the defaults apply.
 */
async function settingsOf(origin: string, campaign: string): Promise<Settings | null> {
  const at = (path: string) => `${origin}/api/widget/${path}?campaign_id=${campaign}`;
  try {
    const answer = await fetch(at("config"), { credentials: "omit" });
    return answer.status === 404 ? null : ((await answer.json()).data ?? {});
  } catch {
    return import(at("config.js")).then(
      ({ default: settings }) => settings,
      () => ({}),
    );
  }
}

/** Removes widgets whose script, element, or place left the page. */
export function sweep() {
  for (const [own, life] of lives) {
    const isOver = !own.isConnected && !life.isFree;
    if (isOver || life.host?.isConnected === false) {
      guarded(() => life.leave?.());
      life.host = life.place = undefined;
    }
    if (isOver) lives.delete(own);
  }
}

/** Places widgets that did not have a place. */
export function settleAll() {
  for (const life of lives.values()) if (!life.host) guarded(() => life.settle?.());
}

/** Permanently removes the widgets in this place, including those from scripts. */
export function destroy(place: Node = document) {
  for (const [own, life] of lives)
    if (place.contains(own) || (life.host && place.contains(life.host))) {
      guarded(() => life.leave?.());
      life.host = life.place = life.settle = undefined;
      if (!(own instanceof HTMLScriptElement)) own.remove();
    }
}

/** @returns whether there was a widget */
export function unmount(own: HTMLElement) {
  guarded(() => lives.get(own)?.leave?.());
  return lives.delete(own);
}
