/**
 * Styles for all templates: type, spacing, and parts. They use only logical properties, so they work in both
 * directions.
 */
export const baseSheet = `*,*::before,*::after{box-sizing:border-box}
[hidden]{display:none!important}
html{-webkit-text-size-adjust:100%;text-size-adjust:100%}
body{margin:0;min-block-size:100svh;display:flex;flex-direction:column;background:var(--h-paper);color:var(--h-paper-ink);font:400 1rem/1.6 var(--h-font);text-align:left;overflow-wrap:anywhere;-webkit-font-smoothing:antialiased}
:is(h2,h3,p,ol,ul,dl,dd){margin:0;padding:0}
a{color:inherit;text-underline-offset:.2em;text-decoration-thickness:1px}
a:hover{text-decoration-thickness:2px}
:focus-visible{outline:2px solid currentColor;outline-offset:3px;border-radius:4px}
.on-paper{--h-ink:var(--h-paper-ink);--h-muted:var(--h-paper-muted);--h-line:var(--h-paper-line);--h-link:var(--h-paper-link);color:var(--h-ink)}
.test-mode{padding:.5rem 1rem;background:#fef0c7;color:#7a2e0e;font-size:.875rem;font-weight:600;text-align:center}
.brand{display:inline-flex;align-items:center;gap:.75rem;max-inline-size:100%;font-weight:600;letter-spacing:-.01em;text-decoration:none}
.brand-logo{block-size:2.25rem;min-inline-size:2.25rem;max-inline-size:min(14rem,100%);object-fit:contain;border-radius:6px}
.brand-initial{flex:none;display:grid;place-items:center;inline-size:2.25rem;block-size:2.25rem;border-radius:.6rem;background:var(--h-accent);color:var(--h-on);font-weight:700}
.bar{padding:1.25rem clamp(1rem,4vw,3rem)}
.invitation{margin-block-end:1rem;color:var(--h-ink);font-size:1.125rem}
.invitation:has(b:empty){display:none}
.title{color:var(--h-ink);font-weight:700;font-size:clamp(2rem,1.35rem + 2.9vw,3.5rem);line-height:1.08;letter-spacing:-.028em;text-wrap:balance}
.title :is(p,h3,h4,ul,ol){margin:0;font:inherit}
.lede{margin-block-start:1rem;max-inline-size:62ch;color:var(--h-muted);font-size:clamp(1.0625rem,1rem + .35vw,1.25rem);line-height:1.55;text-wrap:pretty}
:is(.lede,.foot-words) :is(p,ul,ol)+:is(p,ul,ol){margin-block-start:.6em}
:is(.lede,.foot-words,.about) :is(ul,ol){padding-inline-start:1.25em}
.lede a,.foot-words a{color:var(--h-link)}
html:is([dir=rtl],:lang(ja)) :is(.title,.brand,h2,h3,.foot-title){letter-spacing:0}
html:is([dir=rtl],:lang(ja)) .title{line-height:1.28}
[dir=rtl] body{text-align:right}
:lang(ja) body{line-break:strict;word-break:auto-phrase}
:lang(ja) .title{word-break:keep-all}
:where(.title,.lede,.foot-words,.brand-name,.card h2,.card>p),:where(.title,.lede,.foot-words) :where(p,li,h3,h4){unicode-bidi:plaintext}
.figures{--title:var(--h-ink);display:flex;flex-wrap:wrap;gap:1rem 2.5rem;align-items:center;color:var(--h-muted)}
.figures :is(.panel-countdown,.panel-totals){margin:0!important}
.panel{font-family:var(--h-font)}
.how .promises{margin-block-start:1.75rem;font-size:1rem;color:var(--h-muted)}
.how h2{font-size:1.375rem;line-height:1.25;letter-spacing:-.018em;color:var(--h-ink)}
.steps{list-style:none;display:grid;gap:1.75rem;margin-block-start:1.5rem}
.steps li{display:grid;grid-template-columns:auto minmax(0,1fr);align-content:start;gap:1rem}
.steps h3{font-size:1.0625rem;line-height:1.4;letter-spacing:-.01em;color:var(--h-ink)}
.steps p{margin-block-start:.2rem;color:var(--h-muted);text-wrap:pretty}
.step-number{display:grid;place-items:center;inline-size:2.25rem;block-size:2.25rem;border-radius:50%;border:1.5px solid var(--h-link);color:var(--h-link);font-weight:650;font-variant-numeric:tabular-nums}
.foot{color:var(--h-muted);font-size:.9375rem}
.foot-words{max-inline-size:62ch}
.foot-title{margin-block-end:.5rem;color:var(--h-ink);font-size:1.25rem;font-weight:650;line-height:1.3;letter-spacing:-.015em}
.foot-ways{display:flex;flex-wrap:wrap;gap:.75rem 2rem;justify-content:space-between}
.foot-words+.foot-ways{margin-block-start:1.75rem;padding-block-start:1.25rem;border-block-start:1px solid var(--h-line)}
.foot-ways a{display:inline-block;padding-block:.2rem;color:var(--h-ink)}
.socials{display:flex;flex-wrap:wrap;gap:.5rem 1.25rem;list-style:none}
@media (prefers-reduced-motion:no-preference){a{transition:text-decoration-thickness .12s}}
`;

const card = `.stage{flex:1 0 auto;display:flex;flex-direction:column;background:linear-gradient(var(--h-scrim),var(--h-scrim)),var(--h-image) 50%/cover,var(--h-ground);color:var(--h-ink);border-block-start:6px solid var(--h-accent)}
.plain .stage{background:var(--h-ground)}
.stage .bar{text-align:center}
.middle{flex:1;display:grid;align-content:center;justify-items:center;gap:1.75rem;inline-size:100%;max-inline-size:46rem;margin-inline:auto;padding:clamp(1.25rem,4vw,3rem) 1rem clamp(3rem,8vw,6rem);text-align:center}
.middle .lede{margin-inline:auto}
.middle .figures{justify-content:center}
.middle .panel{max-inline-size:29rem}
.below{--h-ink:var(--h-paper-ink);--h-muted:var(--h-paper-muted);--h-line:var(--h-paper-line);--h-link:var(--h-paper-link);background:var(--h-shade);border-block-start:1px solid var(--h-paper-line)}
.below>*{max-inline-size:68rem;margin-inline:auto;padding:clamp(2.5rem,6vw,4.5rem) clamp(1rem,4vw,3rem)}
.below .how :is(h2,.promises){text-align:center}
.below .how .promises li{justify-content:center}
.below .foot{padding-block-start:0;text-align:center}
.below .foot-words{margin-inline:auto}
.below .foot-ways{justify-content:center;column-gap:2.5rem}
@media (min-width:48rem){.below .steps{grid-template-columns:repeat(3,minmax(0,1fr));gap:2.5rem}.below .steps li{grid-template-columns:minmax(0,1fr);justify-items:center;text-align:center}}
`;

const split = `.halves{flex:1;display:grid}
.picture{display:flex;align-items:flex-start;min-block-size:13rem;padding:1.25rem clamp(1rem,4vw,3rem);background:var(--h-image) 50%/cover,var(--h-accent)}
.plain .picture{background:radial-gradient(circle at 84% 16%,color-mix(in srgb,var(--h-on) 18%,transparent) 0 6.5rem,transparent 6.56rem),radial-gradient(circle at 12% 52%,color-mix(in srgb,var(--h-on) 10%,transparent) 0 11rem,transparent 11.06rem),radial-gradient(circle at 78% 92%,color-mix(in srgb,var(--h-on) 13%,transparent) 0 15rem,transparent 15.06rem),var(--h-accent)}
.picture .brand{padding:.5rem .9rem .5rem .5rem;padding-inline:.5rem .9rem;border-radius:.9rem;background:var(--h-paper);color:var(--h-paper-ink);box-shadow:0 1px 2px rgb(0 0 0/.12),0 8px 24px rgb(0 0 0/.14)}
.half{--h-ink:var(--h-paper-ink);--h-muted:var(--h-paper-muted);--h-line:var(--h-paper-line);--h-link:var(--h-paper-link);display:flex;flex-direction:column;gap:3rem;padding:clamp(2rem,5vw,5rem) clamp(1rem,5vw,5.5rem)}
.half>*{inline-size:100%;max-inline-size:36rem;margin-inline:auto}
.half main{flex:1;display:grid;align-content:center;gap:1.75rem}
.half .how{margin-block-start:1rem;padding-block-start:2rem;border-block-start:1px solid var(--h-line)}
.half .foot{padding-block-start:1.5rem;border-block-start:1px solid var(--h-line)}
@media (min-width:60rem){.halves{grid-template-columns:minmax(0,5fr) minmax(0,6fr)}.picture{position:sticky;inset-block-start:0;block-size:100svh;padding-block-start:2rem}}
`;

const editorial = `body{--h-ink:var(--h-paper-ink);--h-muted:var(--h-paper-muted);--h-line:var(--h-paper-line);--h-link:var(--h-paper-link)}
.bar{display:flex;inline-size:100%;max-inline-size:80rem;margin-inline:auto}
.story{flex:1;display:grid;gap:2.5rem;inline-size:100%;max-inline-size:80rem;margin-inline:auto;padding:clamp(1.5rem,4vw,4rem) clamp(1rem,4vw,3rem) clamp(3rem,7vw,6rem)}
.pictured .story-head::before{content:"";display:block;margin-block-end:clamp(1.5rem,3vw,2.5rem);block-size:clamp(11rem,26vw,22rem);border-radius:1rem;background:var(--h-image) 50%/cover,var(--h-accent)}
.title{font-size:clamp(2.5rem,1.5rem + 4.6vw,5.25rem);line-height:1.02;letter-spacing:-.038em;font-weight:750}
.lede{margin-block-start:1.5rem;font-size:clamp(1.125rem,1rem + .6vw,1.5rem);max-inline-size:38rem}
.beside{display:grid;gap:1.5rem;align-content:start}
.how h2{font-size:.8125rem;font-weight:650;letter-spacing:.08em;text-transform:uppercase;color:var(--h-muted);padding-block-end:1rem;border-block-end:1px solid var(--h-line)}
[dir=rtl] .how h2{letter-spacing:0}
.steps{gap:0;margin-block-start:0}
.steps li{grid-template-columns:clamp(3.25rem,9vw,7rem) minmax(0,1fr);gap:0 1rem;align-items:baseline;padding-block:clamp(1.5rem,3vw,2.25rem);border-block-end:1px solid var(--h-line)}
.step-number{display:block;inline-size:auto;block-size:auto;border:0;border-radius:0;font-size:clamp(2rem,1.5rem + 2vw,3.25rem);font-weight:300;line-height:1;letter-spacing:-.04em}
.steps h3{font-size:clamp(1.25rem,1.1rem + .7vw,1.625rem);letter-spacing:-.02em}
.steps p{margin-block-start:.4rem;font-size:1.0625rem;max-inline-size:34rem}
.foot{padding:clamp(2.5rem,5vw,4rem) clamp(1rem,4vw,3rem);background:var(--h-shade)}
.foot>*{inline-size:100%;max-inline-size:calc(80rem - 2*clamp(1rem,4vw,3rem));margin-inline:auto}
.foot-words{max-inline-size:calc(80rem - 2*clamp(1rem,4vw,3rem))}
.foot-words>*{max-inline-size:44rem}
.foot-title{font-size:clamp(1.5rem,1.2rem + 1.4vw,2.25rem);letter-spacing:-.025em}
@media (min-width:60rem){.story{grid-template-columns:minmax(0,1fr) 25rem;grid-template-rows:auto 1fr;gap:clamp(2.5rem,5vw,5rem)}.beside{grid-column:2;grid-row:1/span 2;position:sticky;inset-block-start:2rem;align-self:start}}
`;

const bold = `.poster{flex:1 0 auto;min-block-size:min(100svh,64rem);display:flex;flex-direction:column;background:linear-gradient(var(--h-scrim),var(--h-scrim)),var(--h-image) 50%/cover,var(--h-ground);color:var(--h-ink)}
.plain .poster{background:var(--h-ground)}
.poster .brand-initial{background:var(--h-ink);color:var(--h-ground)}
.poster-main{flex:1;display:grid;align-content:center;gap:2.5rem;padding:clamp(2rem,6vw,5rem) clamp(1rem,4vw,3rem) clamp(2rem,4vw,3rem)}
.title{font-weight:800;font-size:clamp(2.75rem,1.2rem + 7.4vw,8rem);line-height:.95;letter-spacing:-.045em;hyphens:auto}
.lede{margin-block-start:1.75rem;font-size:clamp(1.125rem,1rem + .7vw,1.625rem);line-height:1.4;max-inline-size:40rem;color:var(--h-ink)}
.poster .figures{margin-block-start:2rem}
.how,.foot{padding:clamp(2.5rem,6vw,5.5rem) clamp(1rem,4vw,3rem)}
.how{--h-ink:var(--h-paper);--h-muted:var(--h-band-muted);--h-link:var(--h-band-link);background:var(--h-paper-ink);color:var(--h-paper)}
.foot{--h-ink:var(--h-paper-ink);--h-muted:var(--h-paper-muted);--h-line:var(--h-paper-line);--h-link:var(--h-paper-link)}
.how h2{font-size:clamp(1.75rem,1.2rem + 2.6vw,3.25rem);line-height:1.05;letter-spacing:-.035em;font-weight:800}
.steps{gap:2.5rem;margin-block-start:clamp(2rem,4vw,3.5rem)}
.steps li{grid-template-columns:minmax(0,1fr);gap:1rem;padding-block-start:1.25rem;border-block-start:4px solid var(--h-link)}
.step-number{display:block;inline-size:auto;block-size:auto;border:0;border-radius:0;font-size:clamp(3.5rem,2.5rem + 4vw,6rem);font-weight:800;line-height:.9;letter-spacing:-.05em}
.steps h3{font-size:1.375rem;letter-spacing:-.02em}
.steps p{font-size:1.0625rem}
.foot{background:var(--h-shade);padding-block:clamp(2rem,4vw,3.5rem)}
@media (min-width:48rem){.steps{grid-template-columns:repeat(3,minmax(0,1fr))}}
@media (min-width:64rem){.poster-main{grid-template-columns:minmax(0,1fr) 26rem;align-items:center;gap:clamp(2rem,5vw,6rem)}}
`;

const receipt = `body{background:var(--h-ground)}
.desk{flex:1;display:grid;justify-items:center;align-content:start;padding:clamp(.75rem,5vw,4.5rem) clamp(.5rem,4vw,3rem);background:linear-gradient(var(--h-scrim),var(--h-scrim)),var(--h-image) 50%/cover fixed,var(--h-ground)}
.plain .desk{background:var(--h-ground)}
.slip{--h-ink:var(--h-paper-ink);--h-muted:var(--h-paper-muted);--h-line:var(--h-paper-line);--h-link:var(--h-paper-link);display:grid;gap:1.75rem;inline-size:100%;max-inline-size:29rem;padding:2.75rem clamp(1rem,5vw,2.25rem);background:var(--h-paper);color:var(--h-ink);--tooth:conic-gradient(from -45deg at bottom,#0000,#000 1deg 89deg,#0000 90deg) 50% 100%/14px 51% repeat-x;mask:conic-gradient(from 135deg at top,#0000,#000 1deg 89deg,#0000 90deg) 50% 0/14px 51% repeat-x,var(--tooth)}
.lift{display:grid;justify-items:center;inline-size:100%;filter:drop-shadow(0 1px 1px rgb(16 24 40/.1)) drop-shadow(0 14px 28px rgb(16 24 40/.14))}
.slip .bar{padding:0;text-align:center}
.slip main{display:grid;gap:1.75rem}
.brand{flex-direction:column;gap:.6rem;font-weight:500}
.invitation{text-align:center}
.title{font-size:clamp(1.5rem,1.2rem + 1.6vw,1.875rem);line-height:1.2;letter-spacing:-.02em;text-align:center}
.lede{margin-inline:auto;font-size:.9375rem;text-align:center}
.items{display:grid;gap:.6rem;padding-block:1.25rem;border-block:2px dashed var(--h-line);font-size:.9375rem}
.items div{display:flex;gap:.5rem;align-items:baseline}
.items div::before{content:"";order:1;flex:1;min-inline-size:1rem;border-block-end:2px dotted var(--h-line)}
.items dt{color:var(--h-muted)}
.items dd{order:2;text-align:end;font-weight:650}
.slip .figures{justify-content:center}
.slip .figures .panel-totals{display:none}
.slip .panel-card{border-radius:0;border-inline:0;border-block:0;box-shadow:none;overflow:visible}
.slip .panel:not(.back-image) .panel-body{padding-inline:0;padding-block:0}
.slip .look-bold:not(.back-image) .panel-body{margin:0;border:0;border-radius:0;background:none;box-shadow:none}
.how{padding-block-start:1.75rem;border-block-start:2px dashed var(--h-line)}
.how h2{font-size:.9375rem;text-align:center;text-transform:uppercase;letter-spacing:.08em}
.steps{gap:1.1rem;margin-block-start:1.25rem;font-size:.875rem}
.steps h3{font-size:.9375rem}
.steps li{gap:.75rem}
.step-number{display:block;inline-size:auto;block-size:auto;border:0;border-radius:0;font-size:.9375rem;line-height:1.5;font-weight:650}
.step-number::before{content:"0"}
.foot{padding-block-start:1.75rem;border-block-start:2px dashed var(--h-line);font-size:.875rem;text-align:center}
.foot-title{font-size:1rem}
.foot-ways{flex-direction:column;align-items:center}
.socials{justify-content:center}
.barcode{block-size:3.25rem;margin-inline:auto;inline-size:min(100%,15rem);background:repeating-linear-gradient(90deg,var(--h-ink) 0 2px,#0000 2px 5px,var(--h-ink) 5px 9px,#0000 9px 11px,var(--h-ink) 11px 12px,#0000 12px 17px,var(--h-ink) 17px 20px,#0000 20px 22px)}
`;

/** The style sheet of each template, by its id. */
export const templateSheets = { 1: card, 2: split, 3: editorial, 4: bold, 5: receipt };

export const brandSheet = `.banner{padding:clamp(1.5rem,4vw,3rem) clamp(1rem,4vw,3rem) clamp(2.5rem,6vw,4.5rem);background:var(--h-ground);color:var(--h-ink)}
.pictured .banner{background:linear-gradient(var(--h-scrim),var(--h-scrim)),var(--h-image) 50%/cover,var(--h-ground)}
.banner>*,main,.foot>*{inline-size:100%;max-inline-size:68rem;margin-inline:auto}
.banner .brand{display:flex;margin-block-end:clamp(2rem,5vw,3.5rem)}
.banner .lede{margin-inline:auto;max-inline-size:68rem}
.lede{white-space:pre-line}
main{flex:1;padding:clamp(1.5rem,4vw,3rem) 0}
main,.foot{padding-inline:clamp(1rem,4vw,3rem)}
main{max-inline-size:calc(68rem + 2*clamp(1rem,4vw,3rem))}
.cards{display:grid;gap:1rem;list-style:none;grid-template-columns:repeat(auto-fill,minmax(min(100%,19rem),1fr))}
.card{position:relative;display:flex;flex-direction:column;gap:.5rem;padding:1.5rem;border:1px solid var(--h-paper-line);border-radius:1rem;background:var(--h-paper);box-shadow:0 1px 2px rgb(16 24 40/.05)}
.card:hover{border-color:var(--h-paper-link)}
.card h2{font-size:1.1875rem;line-height:1.3;letter-spacing:-.015em}
.card h2 a{text-decoration:none}
.card h2 a::after{content:"";position:absolute;inset:0;border-radius:1rem}
.card h2 a:focus-visible{outline:none}
.card:has(a:focus-visible){outline:2px solid var(--h-paper-link);outline-offset:2px}
.card p{color:var(--h-paper-muted);text-wrap:pretty}
.card-facts{display:flex;flex-wrap:wrap;gap:.25rem 1rem;margin-block-start:auto;padding-block-start:.75rem;color:var(--h-paper-muted);font-size:.875rem}
.card-go{margin-inline-start:auto;color:var(--h-paper-link);font-weight:600}
[dir=rtl] .arrow{display:inline-block;transform:scaleX(-1)}
.pager{display:flex;gap:1.5rem;justify-content:center;margin-block-start:2rem}
.pager a{padding:.4rem .2rem}
.foot{padding-block:2rem;border-block-start:1px solid var(--h-paper-line);--h-ink:var(--h-paper-ink);--h-muted:var(--h-paper-muted)}
`;

export const failureSheet = `body{background:var(--h-ground)}
.failure{margin:auto;max-inline-size:34rem;padding:3rem 1.25rem;text-align:center}
.failure-status{color:var(--h-paper-muted);font-weight:650;letter-spacing:.04em}
.failure .title{margin-block-start:.5rem}
.failure .lede{margin-inline:auto}
`;
