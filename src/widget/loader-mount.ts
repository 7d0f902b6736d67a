import type { launch, Settings } from "./launcher";
import type { Seat } from "./loader-frame";
import { guarded, warn } from "./loader-guard";
import { parts } from "./loader-parts";
import type { memoryOf } from "./memory";

const MODES = ["embed", "popup", "floating", "topbar"];
const mounted = new Set<unknown>();

/** Mounts the widget of a script element, once per element. */
export async function mount(script: HTMLScriptElement) {
  if (mounted.has(script)) return;
  mounted.add(script);
  const { origin, protocol, searchParams } = new URL(script.src);
  const { target, mode: wish, campaign = searchParams.get("campaign") ?? "", ref, consent, cookie } = script.dataset;
  if (!/^[1-9]\d{0,15}$/.test(campaign) || !/^https?:$/.test(protocol))
    return warn(`no campaign in ${script.src}: widget.js?campaign=123`);

  const asked = MODES.includes(wish ?? "") ? wish : target && "embed";
  // An embedded frame brings its own settings, which saves a request.
  const settings = asked === "embed" ? {} : await settingsOf(origin, campaign);
  if (!settings) return warn(`there is no campaign ${campaign}`);
  const mode = asked ?? settings.widget?.placement ?? "embed";
  const seat: Seat = { campaign, origin, mode };
  if ((ref ?? consent ?? cookie) !== undefined) {
    const module: { memoryOf: typeof memoryOf } = await import(`${origin}/memory.js`);
    seat.memory = await module.memoryOf(parts, script.dataset);
  }
  if (mode === "embed") return whenParsed(() => embed(seat, script, target));

  // Two buttons for the same campaign would overlap.
  const corner = `${origin} ${campaign} ${mode}`;
  if (mounted.has(corner)) return;
  mounted.add(corner);
  const launcher: { launch: typeof launch } = await import(`${origin}/launcher.js`);
  whenParsed(() => launcher.launch(parts, seat, settings));
}

/**
 * Null if the campaign does not exist. If the request fails, as under a policy that lacks our host, the defaults apply.
 */
async function settingsOf(origin: string, campaign: string): Promise<Settings | null> {
  try {
    const answer = await fetch(`${origin}/api/widget/config?campaign_id=${campaign}`, { credentials: "omit" });
    if (answer.status === 404) return null;
    return (await answer.json()).data;
  } catch {
    return {};
  }
}

/** Uses the first target that no other widget has taken, or the place behind the script. */
function embed(seat: Seat, script: HTMLScriptElement, target = "#referrals-widget") {
  const { frame, widget } = parts.frameOf(seat, "Referral program", {
    open() {
      host.scrollIntoView({ block: "nearest" });
      frame.focus();
    },
    close() {},
  });
  const host = parts.place(`:host{all:initial;display:block}${parts.frameCss}`, frame);
  const free = [...document.querySelectorAll(target)].find((element) => !mounted.has(element));
  mounted.add(free);
  if (free) free.append(host);
  else if (document.body.contains(script)) script.after(host);
  else document.body.append(host);
  parts.register(widget);
}

/** The target may come after the script. */
function whenParsed(work: () => void) {
  if (document.readyState === "loading") addEventListener("DOMContentLoaded", () => guarded(work));
  else work();
}
