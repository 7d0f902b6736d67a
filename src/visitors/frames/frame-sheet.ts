import { bodySheet } from "./sheet-body";
import { looksSheet } from "./sheet-looks";

/**
 * Styles for all panels. They use only logical properties, so they work in both directions. Sizes depend on the panel's
 * width, not the window's.
 */
export const sheet = `*,*::before,*::after{box-sizing:border-box}
.panel{container:panel/inline-size;inline-size:100%;max-inline-size:var(--width);margin-inline:auto;color:var(--text);font:400 16px/1.5 var(--font);-webkit-font-smoothing:antialiased;text-align:left;overflow-wrap:anywhere;accent-color:var(--link)}
[dir=rtl] .panel{text-align:right}
.panel [hidden]{display:none!important}
.panel :is(p,ul,ol,dl,dd,h3,h4){margin:0;padding:0}
.panel-card{background:var(--surface);border:1px solid var(--line);border-radius:16px;overflow:hidden;min-block-size:var(--height);box-shadow:0 1px 2px rgb(16 24 40/.04),0 12px 32px -12px rgb(16 24 40/.12)}
.panel-sr{position:absolute;inline-size:1px;block-size:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
.panel :focus-visible{outline:2px solid var(--link);outline-offset:2px;border-radius:6px}
.panel [data-focus]:focus{outline:none}
.panel a{color:var(--link);text-underline-offset:3px}
.panel-banner,.panel-side{display:block;inline-size:100%;object-fit:cover}
.panel-banner{aspect-ratio:auto 3/1;max-block-size:220px}
.panel-side{aspect-ratio:auto 4/3;margin-block-start:20px;border-radius:12px;max-block-size:260px}
.panel-head{padding:28px 24px;background:var(--head);color:var(--lede)}
.panel-invitation{margin-block-end:10px!important;color:var(--title);font-weight:650}
.panel[data-step=share] .panel-invitation{display:none}
.panel-logo{display:block;block-size:32px;max-inline-size:160px;object-fit:contain;object-position:0 50%;margin-block-end:16px}
[dir=rtl] .panel-logo{object-position:100% 50%}
.panel:not(.look-plain) .head-color .panel-logo,.head-image .panel-logo{box-sizing:content-box;padding:6px 8px;border-radius:8px;background:#fff}
:is([dir=rtl],:lang(ja)) .panel-title{line-height:1.3}
:is([dir=rtl],:lang(ja)) :is(.panel-title,.panel-done){letter-spacing:0!important}
:lang(ja) .panel{line-break:strict;word-break:auto-phrase}
:lang(ja) .panel-title{word-break:keep-all;overflow-wrap:anywhere}
.panel-title{color:var(--title);font-size:clamp(1.375rem,1.1rem + 2.4cqi,1.875rem);font-weight:650;line-height:1.2;letter-spacing:-.021em;text-wrap:balance}
.panel-lede{margin-block-start:8px;line-height:1.55;text-wrap:pretty}
:where(.panel-title,.panel-lede,.panel-text,.panel-done,.panel-message,.promises li),:where(.panel-title,.panel-lede,.panel-text,.panel-done,.panel-message) :where(p,li,h3,h4){unicode-bidi:plaintext}
.panel-head a{color:inherit}
.panel-head :focus-visible{outline-color:var(--title)}
.head-image{background:linear-gradient(var(--veil),var(--veil)),var(--head-image) 50%/cover,#1c2230}
.panel-body{container:body/inline-size;padding:24px}
.panel.back-image>.panel-card{border:0;padding:16px;background:linear-gradient(rgb(10 12 18/.25),rgb(10 12 18/.25)),var(--image) 50%/cover,var(--surface)}
.panel.back-image .panel-columns{background:var(--surface);border-radius:12px;overflow:hidden}
.panel.back-transparent>.panel-card{background:none;border:0;box-shadow:none;border-radius:0}
.back-transparent .head-transparent{background:none}
.panel-countdown{display:flex;flex-wrap:wrap;gap:8px 12px;align-items:center;margin-block-start:20px;font-size:.875rem}
.panel-countdown time{font-weight:600;color:var(--title);font-variant-numeric:tabular-nums}
.panel-clock{display:flex;gap:6px}
.panel-clock-part{display:grid;justify-items:center;min-inline-size:46px;padding:5px 6px;border-radius:9px;border:1px solid color-mix(in srgb,var(--title) 28%,transparent)}
.panel-clock-part b{color:var(--title);font-size:1.0625rem;line-height:1.2;font-variant-numeric:tabular-nums}
.panel-clock-part small{font-size:.6875rem;line-height:1.3}
.panel-totals{display:flex;flex-wrap:wrap;gap:8px 24px;margin-block-start:20px!important}
.panel-totals div{display:flex;flex-direction:column-reverse}
.panel-totals dd{color:var(--title);font-size:1.25rem;font-weight:650;line-height:1.2;font-variant-numeric:tabular-nums}
.panel-totals dt{font-size:.8125rem}
${bodySheet}
${looksSheet}
@media (prefers-reduced-motion:reduce){.panel *,.panel *::before,.panel *::after{animation-duration:.01ms!important;animation-delay:0s!important;transition-duration:.01ms!important}}
@media (forced-colors:active){.panel-button,.panel-channel,.panel input,.panel textarea{border:1px solid ButtonText}}
`;
