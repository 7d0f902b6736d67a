import { guarded, warn } from "./loader-guard";

type Detail = Record<string, unknown>;
type Handler = (detail: Detail) => void;

export type Widget = {
  campaign: string;
  /** Embedded widgets are always open, so `open()` prefers other widgets. */
  isEmbedded: boolean;
  isReady: boolean;
  open(): void;
  close(): void;
  identify(person: Detail): void;
  /** Submits its form. */
  join(): void;
  /** The code that brought this visitor, or empty text. */
  code(): string;
};

/** The widgets on the page. */
const widgets = new Set<Widget>();
const handlers: [type: string, handler: Handler][] = [];
let person: Detail | undefined;
/** Whether to submit a form as soon as there is one. */
let isJoining = false;
let agree = () => {};
/** Resolves when the visitor agrees to be remembered. Only widgets with `data-consent` wait for it. */
const consented = new Promise<void>((resolve) => {
  agree = resolve;
});
/** The campaign that `open()` was called for before its widget existed. `""` means any. */
let wanted: string | undefined;

/** The page's API. All methods also work before a widget exists. */
export const methods = {
  on(type: string, handler: Handler) {
    handlers.push([type, handler]);
    if (type === "ready") for (const widget of widgets) if (widget.isReady) call(handler, detailOf(widget));
  },
  open(campaign?: number | string) {
    wanted = String(campaign ?? "");
    const fitting = [...widgets].filter((widget) => !wanted || widget.campaign === wanted);
    const widget = fitting.find(({ isEmbedded }) => !isEmbedded) ?? fitting[0];
    if (widget) wanted = undefined;
    widget?.open();
  },
  close() {
    wanted = undefined;
    for (const widget of widgets) widget.close();
  },
  consent(isGiven: unknown = true) {
    if (isGiven) agree();
  },
  identify({ email, name, hash, ...metadata }: Detail) {
    // Values that cannot be cloned into the frame fail here, in the page's own call.
    person = JSON.parse(JSON.stringify({ email, name, hash, metadata })) as Detail;
    for (const widget of widgets) introduce(widget);
  },
  join(who?: Detail) {
    isJoining = true;
    methods.open();
    if (who) methods.identify(who);
    for (const widget of widgets) submit(widget);
  },
  referrer(campaign?: number | string) {
    const fitting = [...widgets].filter((widget) => !campaign || widget.campaign === String(campaign));
    return fitting.map((widget) => widget.code()).find(Boolean) ?? "";
  },
};

function register(widget: Widget) {
  widgets.add(widget);
  if (wanted === "" || wanted === widget.campaign) methods.open(wanted || undefined);
}

/** Called when the widget leaves the page. */
const forget = (widget: Widget) => widgets.delete(widget);

function introduce(widget: Widget) {
  if (person && widget.isReady) widget.identify(person);
}

function submit(widget: Widget) {
  if (!isJoining || !widget.isReady) return;
  isJoining = false;
  widget.join();
}

/** A frame becomes ready again when it reloads. */
function emit(widget: Widget, type: string, detail: Detail = {}) {
  if (type === "ready") {
    introduce(widget);
    submit(widget);
  }
  for (const [wantedType, handler] of [...handlers])
    if (wantedType === type) call(handler, { ...detail, ...detailOf(widget) });
}

/** The parts of the page's API that a widget's file needs. */
export const page = { consented, emit, register, forget };
export type Page = typeof page;

/** Runs a queued call of `referrals.q`: `["on", "signup", handler]`. */
export function replay(entry: ArrayLike<unknown>) {
  const [name, ...args] = Array.from(entry);
  const method = Object.entries(methods).find(([known]) => known === name)?.[1] as
    | ((...args: unknown[]) => void)
    | undefined;
  if (method) guarded(() => method(...args));
  else warn(`no method ${String(name)}`);
}

const detailOf = (widget: Widget) => ({ campaign_id: +widget.campaign });
const call = (handler: Handler, detail: Detail) => guarded(() => handler(detail));
