/**
 * A focused button has a white ring, visible on dark pages, and an accent-colored ring, visible on light pages. Buttons
 * in one corner are stacked. A frame without a size is still loading.
 */
export const launcherCss = `:host{all:initial;display:block;font:16px/1.4 system-ui,sans-serif;position:relative;z-index:2147483000}
button{font:inherit;font-weight:600;cursor:pointer;border:0;margin:0;color:var(--on-accent);background:var(--accent);border-radius:99px}
button:focus-visible{outline:3px solid #fff;box-shadow:0 0 0 6px var(--accent)}
.go{position:fixed;bottom:var(--bottom);right:20px;padding:13px 22px;box-shadow:0 8px 28px #0004}
.go:hover{filter:brightness(1.08)}
.go.left,.left.floating{left:20px;right:auto}
.go.floating{width:56px;height:56px;padding:15px}
.go.topbar{position:static;padding:8px 18px;box-shadow:none;color:var(--accent);background:var(--on-accent)}
.bar{display:flex;flex-wrap:wrap;align-items:center;justify-content:center;gap:6px 20px;padding:8px 52px;position:relative;color:var(--on-accent);background:var(--accent);text-align:center;font-weight:500}
svg{display:block;fill:none;stroke:currentColor;stroke-width:2;stroke-linejoin:round}
dialog{box-sizing:border-box;width:460px;max-width:calc(100vw - 24px);max-height:calc(100vh - 24px);max-height:calc(100dvh - 24px);padding:0;border:0;border-radius:16px;background:#fff;overflow:auto;overscroll-behavior:contain;box-shadow:0 24px 80px #0006}
dialog::backdrop{background:#0b1020a6}
dialog.floating{position:fixed;box-shadow:0 0 0 1px #0001,0 12px 48px #0003;inset:auto 20px calc(var(--bottom) + 68px) auto;margin:0;width:400px;max-width:calc(100vw - 40px);max-height:calc(100vh - var(--bottom) - 88px)}
iframe:not([style]){background:linear-gradient(var(--accent) 0 0) 0 0/100% 120px no-repeat,linear-gradient(#e5e7eb 0 0) 50% 190px/calc(100% - 48px) 44px no-repeat,linear-gradient(#e5e7eb 0 0) 50% 260px/calc(100% - 48px) 44px no-repeat,linear-gradient(#e5e7eb 0 0) 50% 340px/calc(100% - 48px) 44px no-repeat}
.x{position:sticky;top:8px;float:right;float:inline-end;z-index:1;width:36px;height:36px;padding:0;margin:8px 8px -44px;color:#374151;background:#fff;box-shadow:0 0 0 1px #0002}
.bar .x{position:absolute;top:8px;inset-inline-end:8px;margin:0;color:inherit;background:0;box-shadow:none}
@media(prefers-reduced-motion:no-preference){dialog[open]{animation:up .2s ease-out}iframe:not([style]){animation:wait .8s infinite alternate}}
@media(forced-colors:active){button,dialog,.bar{border:1px solid}}
@keyframes up{from{opacity:0;transform:translateY(12px)}}
@keyframes wait{from{opacity:.4}}`;
