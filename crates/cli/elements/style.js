// How the elements look: quiet, in the page's own font, themed by variables. Directions are
// logical, so that right-to-left pages need nothing.

const STYLE = `
:host{
--accent:var(--probity-accent,light-dark(#2b50c8,#9db4ff));
--on-accent:var(--probity-on-accent,light-dark(#fff,#0d1226));
--ink:var(--probity-text,light-dark(#171a21,#eceef3));
--soft:var(--probity-muted,light-dark(#565d6b,#a9b0bf));
--page:var(--probity-surface,light-dark(#fff,#171a21));
--tint:var(--probity-tint,light-dark(#f4f5f8,#22262f));
--rule:var(--probity-border,light-dark(#dde0e7,#363c49));
--good:var(--probity-good,light-dark(#0a6640,#6fdcae));
--good-tint:var(--probity-good-tint,light-dark(#e4f5ec,#12301f));
--warn:var(--probity-warn,light-dark(#7a4600,#f5c56b));
--warn-tint:var(--probity-warn-tint,light-dark(#fdf3df,#35290f));
--round:var(--probity-radius,10px);
color-scheme:var(--probity-scheme,light dark);
display:inline-block;max-width:100%;position:relative;
font:var(--probity-font,inherit);font-size:var(--probity-font-size,inherit);line-height:1.45;
color:var(--ink);text-align:start;overflow-wrap:anywhere}
:host([hidden]),[hidden]{display:none!important}
*{box-sizing:border-box}
[dir=auto]{text-align:-webkit-match-parent;text-align:match-parent}
p,h2,ul,dl,dd,ol{margin:0;padding:0}
ul,ol{list-style:none}
.hidden{position:absolute;inline-size:1px;block-size:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
.soft,.note{color:var(--soft);font-size:.875em}
.fault{color:var(--warn);font-size:.875em;margin-block-start:.5em}
.fault:empty{display:none}
.note{display:flex;gap:.5em;align-items:baseline}
.note::before{content:"";flex:none;inline-size:.5em;block-size:.5em;border-radius:50%;background:currentColor;opacity:.7}
.badge{display:inline-block;padding:.1em .6em;border-radius:99px;font-size:.8125em;font-weight:600;color:var(--good);background:var(--good-tint);white-space:nowrap}
.money{color:var(--soft);font-variant-numeric:tabular-nums}
.badge.plain{color:var(--soft);background:var(--tint);box-shadow:inset 0 0 0 1px var(--rule)}
button,input,textarea{font:inherit;color:inherit}
button,.go{cursor:pointer;border-radius:var(--round);border:1px solid var(--rule);background:var(--page);color:var(--ink);padding:.5em .9em;min-block-size:2.5em;max-inline-size:100%;text-align:start;text-decoration:none;display:inline-block;line-height:1.35;transition:background .12s,border-color .12s}
button:hover,.go:hover{background:var(--tint)}
button:disabled{opacity:.6;cursor:default}
.first{background:var(--accent);border-color:var(--accent);color:var(--on-accent);font-weight:600}
.first:hover{background:color-mix(in oklab,var(--accent) 88%,var(--ink))}
.link,button.quiet{background:none;border:0;padding:0;min-block-size:0;color:var(--accent);text-decoration:underline;text-decoration-thickness:1px;text-underline-offset:.2em;border-radius:4px}
.link:hover,button.quiet:hover{text-decoration-thickness:2px;background:none}
:focus-visible{outline:2px solid var(--accent);outline-offset:2px}
textarea{min-block-size:5em;resize:vertical}
input,textarea{inline-size:100%;padding:.5em .7em;border-radius:var(--round);border:1px solid color-mix(in oklab,var(--rule),var(--ink) 35%);background:var(--page)}
.wait{display:inline-block;inline-size:7em;max-inline-size:100%;block-size:1em;border-radius:6px;background:var(--rule);opacity:.7;animation:wait 1.4s ease-in-out infinite alternate;vertical-align:middle}
@keyframes wait{to{opacity:.3}}
@media(prefers-reduced-motion:reduce){*{animation:none!important;transition:none!important}}
@media(forced-colors:active){.badge,button,.go{border:1px solid}}
h2{font-size:1.0625em;font-weight:650;line-height:1.3}
.heading{font-size:.8125em;font-weight:600;color:var(--soft);margin-block:1.1em .35em}
.rows>*{display:flex;justify-content:space-between;gap:1em;padding-block:.4em;border-block-start:1px solid var(--rule)}
.rows>:first-child{border:0}
.rows dt{min-inline-size:40%}.rows dd{text-align:end;font-variant-numeric:tabular-nums}
.row-end{text-align:end;flex:none;max-inline-size:60%}
.acts{display:flex;flex-wrap:wrap;gap:.6em;margin-block-start:1em}
.card{background:var(--page);border:1px solid var(--rule);border-radius:calc(var(--round) + 2px);padding:1.1em 1.2em}
dialog{border:0;padding:0;margin:auto;inline-size:min(30rem,calc(100vw - 2rem));max-block-size:calc(100dvh - 2rem);border-radius:calc(var(--round) + 4px);background:var(--page);color:var(--ink);box-shadow:0 24px 60px -12px #0006,0 0 0 1px var(--rule);overflow:auto}
.in>.big{font-size:1.5em;font-weight:680;letter-spacing:-.01em;margin-block:.25em .35em}
.warning{color:var(--warn);background:var(--warn-tint);border-radius:var(--round);padding:.55em .8em}
.endings>div{display:grid;grid-template-columns:minmax(7em,2fr) 5fr;gap:1em;padding-block:.5em;border-block-start:1px solid var(--rule);font-size:.9375em}
.endings dt{font-weight:600}.endings dd{color:var(--soft)}
.soft+.endings{margin-block-start:.6em}
.endings+.soft{margin-block-start:.8em}
:host([plain]) .card{border:0;padding:0}
dialog::backdrop{background:#0c0f1799}
dialog .in{padding:1.4em 1.4em 1.3em}
@media(max-width:480px){dialog{margin-block:auto 0;inline-size:100vw;max-inline-size:100vw;border-end-start-radius:0;border-end-end-radius:0}dialog .acts>*{flex:1 1 100%;text-align:center}}
`;

/** @type {Map<string, CSSStyleSheet>} */
const sheets = new Map();

/**
 * A style sheet made of CSS text: as an object, which the strictest policy of a page allows.
 * @param {string} css
 */
function sheet(css) {
  let found = sheets.get(css);
  if (!found) {
    found = new CSSStyleSheet();
    found.replaceSync(css);
    sheets.set(css, found);
  }
  return found;
}
