/** The templates' looks, and the top bar. Wide panels show the title next to the form. */
export const looksSheet = `.look-plain .panel-head{padding-block:32px 0;background:none}
.look-plain .panel-title{padding-block-start:18px}
.look-plain .panel-title::before{content:"";display:block;inline-size:40px;block-size:4px;margin-block:-18px 14px;border-radius:4px;background:var(--brand)}
.look-plain .head-image{padding-block:32px;background:linear-gradient(var(--veil),var(--veil)),var(--head-image) 50%/cover,#1c2230}
.look-card .head-transparent,.look-split .head-transparent{padding-block-end:0}
.look-bold .panel-head{padding-block:48px 72px;text-align:center}
.look-bold .panel-title{font-size:clamp(1.625rem,1.2rem + 3.4cqi,2.5rem);letter-spacing:-.03em}
.look-bold :is(.panel-countdown,.panel-totals){justify-content:center}
.look-bold .panel-totals div{align-items:center}
.look-bold .panel-logo{margin-inline:auto;object-position:50% 50%}
.look-bold .panel-body{position:relative;margin:-40px 12px 12px;padding:20px;border-radius:14px;background:var(--surface);border:1px solid var(--line);box-shadow:0 8px 24px -8px rgb(16 24 40/.16)}
.look-bold .panel-body:first-child{margin-block-start:12px}
@container panel (min-width:520px){.panel-head{padding:40px 40px 36px}.panel-body{padding:32px 40px 40px}.look-plain .panel-head{padding-block:44px 0}.look-card .head-transparent{padding-block-end:0}.look-bold .panel-head{padding-block:56px 88px}.look-bold .panel-body{margin:-52px auto 40px;max-inline-size:480px;padding:32px}.look-bold .panel-body:first-child{margin-block-start:40px}.look-card .panel-form,.look-plain .panel-form{grid-template-columns:1fr 1fr}.look-card .panel-form>:not(.panel-field),.look-plain .panel-form>:not(.panel-field){grid-column:1/-1}}
@container panel (min-width:720px){.look-split .panel-columns{display:grid;grid-template-columns:minmax(0,5fr) minmax(0,6fr);min-block-size:min(var(--height),100%)}.look-split .panel-head{display:flex;flex-direction:column;justify-content:center}.look-split .panel-body{align-self:center}}
.mode-topbar .panel-card{border-radius:0;border-inline:0;border-block-start:0}
.mode-topbar .panel-head,.mode-topbar .panel-body{padding:12px 20px;margin:0;border:0;box-shadow:none;text-align:start}
.mode-topbar :is(.panel-title,.panel-title p){font-size:1.0625rem}
.mode-topbar .panel-title::before,.mode-topbar :is(.panel-banner,.panel-side,.panel-totals,.panel-text,.panel-logo){display:none}
.mode-topbar .panel-title{padding:0}
.mode-topbar .panel-lede{font-size:.875rem;margin-block-start:2px}
.mode-topbar .panel-countdown{margin-block-start:8px}
@container panel (min-width:720px){.mode-topbar .panel-columns{display:flex;align-items:center;min-block-size:0}.mode-topbar .panel-head{flex:1 1 45%;align-self:stretch;display:flex;flex-direction:column;justify-content:center}.mode-topbar .panel-body{flex:1 1 55%;max-inline-size:none;border-radius:0}.mode-topbar .panel-form{display:flex;align-items:end;gap:10px;flex-wrap:wrap}.mode-topbar .panel-form .panel-field{flex:1 1 160px}.mode-topbar .panel-form>.panel-button{inline-size:auto;flex:none}}
.mode-topbar .panel-share{gap:10px}
.mode-topbar :is(.panel-numbers,.panel-more,.panel-badge,.panel-left){display:none}
.mode-topbar .panel-done{font-size:1rem}
.mode-topbar .panel-channel{flex-direction:row;min-block-size:44px}
.mode-popup .panel-card,.mode-floating .panel-card{border:0;border-radius:0;box-shadow:none}
.mode-popup .panel-title,.mode-floating .panel-title{padding-inline-end:28px}`;
