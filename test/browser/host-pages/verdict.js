// Loaded by every host page. A page calls `verdict` with its conditions, and shows OK or BROKEN in its
// title and in #out. Visibility comes from the browser: boxes, and the topmost element at a point.
{
  const asked = new URLSearchParams(location.search).get("campaign");
  Object.assign(window, { app: "{{app}}", host: "{{host}}", campaign: asked ?? "{{campaign}}" });
  const PATIENCE_MS = 120_000;
  const pause = () => new Promise((resolve) => setTimeout(resolve, 30));

  /** Polls until the result is truthy, and returns it. */
  window.until = async (what, ask) => {
    for (const end = performance.now() + PATIENCE_MS; performance.now() < end; await pause()) {
      const answer = ask();
      if (answer) return answer;
    }
    throw new Error(`not so: ${what}`);
  };
  window.expect = (what, holds) => {
    if (!holds) throw new Error(`not so: ${what}`);
  };

  window.verdict = async (work) => {
    let said = "OK";
    try {
      await work();
    } catch (error) {
      said = `BROKEN ${error.message}`;
    }
    document.title = said;
    const out = document.querySelector("#out");
    if (out) out.textContent = said;
    if (parent !== window) parent.postMessage(said, "*");
  };
  /** The verdict of the page in this frame. */
  window.verdictIn = async (frame) => {
    let said = "";
    addEventListener("message", ({ source, data }) => {
      if (source === frame.contentWindow && /^(OK|BROKEN)/.test(data)) said = data;
    });
    await until("the page in the frame says something", () => said);
    expect(said, said === "OK");
  };

  /** Adds the loader's script like the snippet. */
  window.add = (mode, { to = document.body, src = `${app}/widget.js?campaign=${campaign}`, ...data } = {}) => {
    const script = document.createElement("script");
    script.src = src;
    if (mode) script.dataset.mode = mode;
    Object.assign(script.dataset, data);
    to.append(script);
    return script;
  };

  /** All elements with a shadow root (our widgets) in this document or shadow root. */
  window.widgets = (root = document) => [...root.querySelectorAll("*")].filter((element) => element.shadowRoot);
  window.frameOf = (host) => host.shadowRoot.querySelector("iframe");
  window.buttonOf = (host) => host.shadowRoot.querySelector("button.go");

  /** Whether an element in a widget has a box on the screen, and nothing lies on top of its middle. */
  window.isOnTop = (element) => {
    const { left, top, width, height } = element.getBoundingClientRect();
    const [x, y] = [left + width / 2, top + Math.min(height, innerHeight) / 2];
    const { ownerDocument } = element;
    let found = ownerDocument.elementFromPoint(x, y);
    while (found?.shadowRoot?.elementFromPoint(x, y) && found.shadowRoot.elementFromPoint(x, y) !== found)
      found = found.shadowRoot.elementFromPoint(x, y);
    return width > 0 && height > 0 && (found === element || element.contains(found));
  };

  /** An embedded widget in this document: its frame has loaded, has told its height, and can be seen and clicked. */
  window.embedded = async (root = document, count = 1) => {
    const hosts = await until(`${count} embedded widgets`, () => {
      const found = widgets(root).filter(frameOf);
      return found.length === count && found;
    });
    for (const host of hosts) {
      await until("the frame says its height", () => {
        frameOf(host).scrollIntoView({ block: "nearest", behavior: "instant" });
        return frameOf(host).style.height;
      });
      await until("the frame is seen", () => isOnTop(frameOf(host)));
      expect("the frame is as wide as people can use", frameOf(host).getBoundingClientRect().width >= 200);
    }
    expect(`still ${count} widgets`, widgets(root).filter(frameOf).length === count);
    return hosts[0];
  };

  /** The one widget with a button that opens a dialog: can be seen, opens, shows the frame, closes, and leaves the page free. */
  window.opens = async (root = document) => {
    const host = await until("one button, which is seen", () => {
      const found = widgets(root).filter(buttonOf);
      return found.length === 1 && isOnTop(buttonOf(found[0])) && found[0];
    });
    buttonOf(host).click();
    const dialog = host.shadowRoot.querySelector("dialog");
    await until("the dialog opens", () => dialog.open);
    await until("the frame says its height", () => frameOf(host)?.style.height);
    await until("the frame is seen", () => isOnTop(frameOf(host)));
    await until("the frame has the focus", () => host.shadowRoot.activeElement === frameOf(host));
    dialog.querySelector(".x").click();
    await until("the dialog closes", () => !dialog.open);
    await until("the page scrolls again", isFree);
    return host;
  };

  window.isFree = () => [document.documentElement, document.body].every(({ style }) => style.overflow !== "hidden");

  /** Requests a real key press from the test's driver, or from a person who views the page. */
  window.press = (key) => {
    window.wantedKey = key;
    const out = document.querySelector("#out");
    if (out) out.textContent = `Press ${key}`;
    return until(`${key} was pressed`, () => !window.wantedKey);
  };
  addEventListener("keyup", ({ key }) => key === window.wantedKey && delete window.wantedKey, true);
}
