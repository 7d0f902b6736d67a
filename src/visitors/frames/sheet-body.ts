export const bodySheet = `.panel-step{display:grid;gap:16px}
.panel-text,.panel-mail p{color:var(--muted);text-wrap:pretty}
.panel-field{display:grid;gap:6px}
.panel-field label,.panel-link label,.panel-label{font-size:.875rem;font-weight:550;color:var(--text)}
.panel :is(input[type=text],input[type=tel],select),.panel textarea{inline-size:100%;min-block-size:46px;padding:10px 14px;font:inherit;color:var(--text);background:var(--surface);border:1px solid var(--edge);border-radius:10px;transition:border-color .15s,box-shadow .15s;-webkit-appearance:none;appearance:none}
.panel textarea{min-block-size:72px;resize:vertical}
.panel :is(input,textarea):focus-visible{outline:none;border-color:var(--link);box-shadow:0 0 0 1px var(--link),0 0 0 4px color-mix(in srgb,var(--link) 18%,transparent);border-radius:10px}
.panel :is(input,textarea)[aria-invalid=true]{border-color:var(--bad);box-shadow:0 0 0 1px var(--bad)}
.panel select{-webkit-appearance:auto;appearance:auto}
.panel-check{display:flex;gap:10px;align-items:flex-start;font-size:.9375rem}
.panel .panel-check label{font-size:inherit;font-weight:400}
.panel-check input{flex:none;inline-size:20px;block-size:20px;margin:2px 0}
.panel-error{color:var(--bad);font-size:.875rem}
.panel-error:empty{display:none}
.panel-error.fine{color:var(--link)}
.panel-button{display:inline-flex;align-items:center;justify-content:center;gap:8px;min-block-size:46px;padding:10px 20px;border:1px solid var(--rim);border-radius:10px;background:var(--accent);color:var(--ink);font:inherit;font-weight:600;line-height:1.3;text-decoration:none;cursor:pointer;transition:filter .15s,transform .1s;box-shadow:0 1px 2px rgb(16 24 40/.12),inset 0 1px 0 rgb(255 255 255/.12)}
.panel a.panel-button{color:var(--ink)}
.panel-button.small{min-block-size:44px;padding:8px 16px}
.panel-button:hover{filter:brightness(1.08)}
.panel-button:active{transform:translateY(1px)}
.panel-button[aria-disabled=true]{cursor:progress}
.panel-button[aria-disabled=true]>*{opacity:.55}
.panel-form>.panel-button{inline-size:100%}
.panel-quiet{display:inline-flex;align-items:center;gap:6px;min-block-size:32px;padding:2px 6px;border:0;border-radius:6px;background:none;color:var(--link);font:inherit;font-weight:550;text-decoration:underline;text-underline-offset:3px;cursor:pointer}
.panel-icon{inline-size:20px;block-size:20px;flex:none;fill:none;stroke:currentColor;stroke-width:1.75;stroke-linecap:round;stroke-linejoin:round}
.panel-icon.filled{fill:currentColor;stroke:none}
.panel-badge{display:grid;place-items:center;flex:none;inline-size:44px;block-size:44px;border-radius:50%;background:var(--soft);color:var(--link)}
.panel-badge .panel-icon{inline-size:24px;block-size:24px}
.panel-badge.small{inline-size:36px;block-size:36px}
.panel-badge.small .panel-icon{inline-size:20px;block-size:20px}
.panel-done{font-size:1.1875rem;font-weight:650;line-height:1.3;letter-spacing:-.012em;text-wrap:balance}
.panel-welcome{display:flex;gap:14px;align-items:center}
.panel-share{gap:20px}
.panel-mail{justify-items:center;text-align:center;padding-block:16px}
.panel-link{display:grid;gap:6px}
.panel-copy{display:flex;gap:8px}
.panel-copy input{flex:1;min-inline-size:0;text-overflow:ellipsis;background:var(--soft)!important;border-color:var(--line)!important}
.panel-copy .panel-button{flex:none}
.panel-channels{display:flex;flex-wrap:wrap;gap:8px;list-style:none}
.panel-channels li{flex:1 1 28%}
@container body (min-width:430px){.panel-channels li{flex:1 1 0}}
.panel-channel{display:flex;flex-direction:column;align-items:center;justify-content:center;gap:6px;inline-size:100%;min-block-size:68px;padding:8px 4px;border:1px solid var(--line);border-radius:12px;background:var(--surface);color:var(--text);font:inherit;font-size:.8125rem;font-weight:550;line-height:1.2;text-align:center;text-decoration:none;cursor:pointer;transition:background .15s,border-color .15s}
.panel a.panel-channel{color:var(--text)}
.panel-channel .panel-icon{color:var(--link)}
.panel-channel:hover{background:var(--soft);border-color:var(--edge)}
.panel-progress{display:grid;gap:8px}
.panel-goal{display:flex;justify-content:space-between;gap:12px;font-size:.875rem;font-weight:550}
.panel-goal b,.panel-numbers dd,.panel-leaders b{font-variant-numeric:tabular-nums}
.panel-progress .panel-goal b{white-space:nowrap}
.panel-left{font-size:.875rem;color:var(--muted)}
.panel progress{-webkit-appearance:none;appearance:none;display:block;inline-size:100%;block-size:8px;border:0;border-radius:99px;background:var(--line);overflow:hidden}
.panel progress::-webkit-progress-bar{background:var(--line);border-radius:99px}
.panel progress::-webkit-progress-value{background:var(--link);border-radius:99px;transition:inline-size .6s cubic-bezier(.2,.7,.2,1)}
.panel progress::-moz-progress-bar{background:var(--link);border-radius:99px}
.panel-numbers{display:grid;grid-template-columns:repeat(auto-fit,minmax(72px,1fr));gap:1px;margin-block-start:8px!important;border:1px solid var(--line);border-radius:12px;background:var(--line);overflow:hidden}
.panel-numbers div{display:flex;flex-direction:column-reverse;justify-content:flex-end;padding:10px 14px;background:var(--surface)}
.panel-numbers dd{font-size:1.25rem;font-weight:650;line-height:1.25}
.panel-numbers dt{font-size:.8125rem;color:var(--muted)}
.panel-channels .phone{display:none}
@media (pointer:coarse){.panel-channels .phone{display:block}}
.panel-ladder{display:grid;gap:8px;list-style:none}
.panel-ladder li{display:grid;grid-template-columns:auto 1fr auto auto;align-items:center;gap:4px 12px;font-size:.9375rem}
.panel-ladder small,.panel-state,.panel-prize small{color:var(--muted);font-size:.8125rem}
.panel :is(.panel-ladder,.panel-prize) img{inline-size:40px;block-size:40px;border-radius:8px;object-fit:cover}
.panel-tick{visibility:hidden;color:var(--link)}
.panel-ladder .reached .panel-tick{visibility:visible}
.panel-prize{display:flex;align-items:center;gap:14px;padding:12px 16px;border:1px solid var(--line);border-radius:12px;background:var(--soft)}
.panel-prize>div{display:grid}
.panel-prize .panel-badge{background:var(--surface)}
.panel .panel-prize img{inline-size:56px;block-size:56px}
.promises{display:grid;gap:6px;font-size:.875rem;color:var(--muted)}
.promises p{font-weight:550}
.promises ul{display:grid;gap:6px;list-style:none;padding:0}
.promises li{display:flex;align-items:center;gap:10px}
.promises img{flex:none;border-radius:8px;object-fit:cover}
.panel-rewards{display:grid;gap:10px}
.panel-rewards ul{display:grid;gap:10px;list-style:none}
.panel-reward{display:flex;gap:14px;padding:16px;border:1px solid color-mix(in srgb,var(--link) 30%,var(--line));border-radius:12px;background:var(--soft)}
.panel-reward .panel-badge{background:var(--surface)}
.panel-reward>div{display:grid;gap:6px;flex:1;min-inline-size:0;justify-items:start}
.panel-why{font-size:.875rem;color:var(--muted)}
.panel-message{white-space:pre-line}
.panel-coupon{display:flex;flex-wrap:wrap;align-items:center;gap:8px 12px}
.panel-coupon code{padding:6px 12px;border:1px dashed var(--edge);border-radius:8px;background:var(--surface);font:600 1.0625rem/1.4 ui-monospace,SFMono-Regular,Menlo,Consolas,monospace;letter-spacing:.02em}
.panel-reward.new{animation:panel-glow 1.6s ease-out}
@keyframes panel-glow{0%{transform:scale(.97);box-shadow:0 0 0 0 color-mix(in srgb,var(--link) 45%,transparent)}30%{transform:none}100%{box-shadow:0 0 0 14px transparent}}
.panel-more{border-block-start:1px solid var(--line);padding-block-start:12px}
.panel-more{margin-block-end:-8px}
.panel-more+:not(.panel-more){margin-block-start:12px}
.panel-more summary{display:flex;align-items:center;justify-content:space-between;min-block-size:32px;font-size:.9375rem;font-weight:550;cursor:pointer;list-style:none}
.panel-more summary::-webkit-details-marker{display:none}
.panel-more summary::after{content:"";inline-size:8px;block-size:8px;margin-inline:8px;border:solid var(--muted);border-width:0 2px 2px 0;transform:translateY(-2px) rotate(45deg);transition:transform .15s}
.panel-more[open] summary::after{transform:translateY(2px) rotate(225deg)}
.panel-more>:not(summary){margin-block:10px 6px}
.panel-qr{display:block;inline-size:200px;block-size:200px;padding:8px;border-radius:12px;background:#fff;border:1px solid var(--line)}
.panel-invite{display:grid;gap:12px;justify-items:start}
.panel-invite .panel-field{inline-size:100%}
.panel-leaders{display:grid;list-style:none}
.panel-leaders li{display:flex;gap:12px;align-items:baseline;padding-block:8px;border-block-end:1px solid var(--line)}
.panel-leaders li:last-child{border:0}
.panel-rank{min-inline-size:24px;color:var(--muted);font-size:.875rem;font-variant-numeric:tabular-nums}
.panel-name{flex:1;min-inline-size:0}
.panel-foot{font-size:.875rem;color:var(--muted);text-align:center}
@media (scripting:enabled){.panel:not([data-ready]) .panel-form{animation:panel-wait .25s steps(1)}}
@keyframes panel-wait{from{visibility:hidden}to{visibility:hidden}}`;
