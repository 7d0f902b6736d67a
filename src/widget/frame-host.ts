type Message = Record<string, unknown>;

/** The loader's name for pages without an origin, such as files and sandboxes. */
const OPAQUE = "null";

/** The page around the frame, as named by the loader. On our own pages there is none. */
export function hostOf(root: HTMLElement) {
  const query = new URLSearchParams(location.search);
  const named = query.get("host");
  const w = query.get("w");
  const origin = window.parent === window || !named ? null : originOf(named);
  const tell = (type: string, detail: Message = {}) => {
    if (origin) window.parent.postMessage({ ...detail, source: "referrals", w, type }, origin);
  };

  /** Starts listening and tells the loader. */
  function open(hear: (message: Message) => void) {
    if (!origin) return;
    addEventListener("message", ({ source, origin: from, data }) => {
      const isHost = source === window.parent && (from === origin || origin === "*");
      if (isHost && data?.source === "referrals" && data.w === w) hear(data);
    });
    addEventListener("keydown", ({ key }) => {
      if (key === "Escape" && !root.classList.contains("mode-embed")) tell("close");
    });
    const tellSize = () => tell("size", { height: document.body.offsetHeight, width: root.dataset.width });
    new ResizeObserver(tellSize).observe(document.body);
    tell("ready", { title: document.title });
    tellSize();
  }
  const isOurs = origin === null;
  const arrival = {
    utm: isOurs ? location.search : query.get("utm"),
    referrer: isOurs ? document.referrer : query.get("from"),
  };
  return { arrival, url: named && named !== OPAQUE ? named : location.href, isOurs, tell, open };
}

function originOf(url: string) {
  if (url === OPAQUE) return "*";
  try {
    const { origin, protocol } = new URL(url);
    return /^https?:$/.test(protocol) ? origin : null;
  } catch {
    return null;
  }
}
