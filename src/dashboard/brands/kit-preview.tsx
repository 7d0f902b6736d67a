import { calledBrand } from "../../campaigns/brand-kit";
import type { Brand } from "../../campaigns/brands/brand-schema";
import { inkOn } from "../../lib/color";
import type { Page } from "../../lib/html";
import { plainText } from "../../lib/richtext";
import { textsOf } from "../../texts/text";
import { panelCss } from "../../visitors/frames/css";
import { Panel } from "../../visitors/frames/panel";
import { toConfig } from "../../visitors/widget-api/widget-config";
import { inert } from "../editors/preview-page";
import { sampleCampaign } from "../editors/sample-campaign";

/** The widget, and the button that opens it, for a campaign that has no style of its own. */
export function kitPreview(brand: Brand): Page {
  const { color, button_color, font_family, logo_url, domain } = brand;
  const kit = { color, button_color, font_family };
  const row = { ...sampleCampaign, settings: {}, kit, brand_domain: domain, brand_name: calledBrand(brand) };
  const config = toConfig({ ...row, brand_logo_url: logo_url }, null);
  const { widget } = config;
  const texts = textsOf("en");
  const launcher = `--accent:${widget.popup_button_color};--on-accent:${inkOn(widget.popup_button_color)}`;
  return inert({
    title: "Preview",
    language: "en",
    css: `${panelCss(widget)}${css}.launcher{${launcher}}`,
    body: (
      <main>
        <Panel config={config} texts={texts} language="en" action="" level={2} />
        <p class="launcher panel-launcher">{plainText(texts.popup_button)}</p>
        <p class="by">{config.brand_name}</p>
      </main>
    ),
  });
}

const css = `body{margin:0;padding:16px;background:#fff;color:#4b5563;font:14px/1.5 system-ui,sans-serif}
main{display:grid;gap:16px;justify-items:end}
main>.panel{justify-self:stretch}
.launcher{margin:0;padding:12px 20px;border-radius:99px;background:var(--accent);color:var(--on-accent);font-weight:600}
.by{margin:0;justify-self:center}`;
