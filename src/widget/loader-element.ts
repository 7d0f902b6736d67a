import { HOST } from "./loader-dom";
import { warn } from "./loader-guard";
import { mount, sweep, unmount } from "./loader-mount";

const ATTRIBUTES = ["campaign", "mode", "offset"];

/** Defines `<referrals-widget campaign="123">`, unless another copy of this script already did. */
export function defineElement(origin: string) {
  const NAME = "referrals-widget";
  if (customElements.get(NAME)) return;
  // Pages hide undefined elements.
  customElements.define(HOST, class extends HTMLElement {});
  customElements.define(
    NAME,
    class extends HTMLElement {
      static get observedAttributes() {
        return ATTRIBUTES;
      }
      connectedCallback() {
        const [campaign = "", mode, offset] = ATTRIBUTES.map((name) => this.getAttribute(name) ?? undefined);
        mount(this, { ...this.dataset, origin, campaign, mode, offset }).catch(warn);
      }
      disconnectedCallback() {
        sweep();
      }
      attributeChangedCallback() {
        if (unmount(this)) this.connectedCallback();
      }
    },
  );
}
