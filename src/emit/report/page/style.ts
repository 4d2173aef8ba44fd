/** Beside the style of all documents: equations at the left, what is said of them at the right, one below the other on a phone. */
export const PAGE_STYLE = `body{max-width:78rem}.note{border-top:1px solid #ccc;margin-top:2.4rem;padding-top:1rem}.words{white-space:pre-line}
.checked{display:grid;grid-template-columns:minmax(0,1.25fr) minmax(0,1fr);gap:.4rem 2rem;align-items:center;margin:.6rem 0;padding:.1rem 0 .1rem 1rem;border-left:4px solid #ccc}.checked>.stated{min-width:0}
.checked.ok{border-color:#1d6b35}.checked.warning{border-color:#c07a00}.checked.error{border-color:#b3131b;align-items:start;background:#fdf6f5}
.remarks,.counts,.found{list-style:none;margin:.3rem 0;padding:0;font:15px/1.5 system-ui,"Noto Sans","Noto Sans CJK SC",sans-serif}.remarks>li{margin:.45rem 0}.remarks p{margin:.25rem 0}.remarks .display{padding:.1rem 0;margin:.2rem 0;font-size:.95em}.remarks .display .katex-display{margin:.3em 0;text-align:left}.remarks .display .katex-display>.katex{text-align:left}
.ok strong{color:#1d6b35}.warning strong{color:#8a5200}.error strong{color:#b3131b}.plain strong{color:#555;font-weight:normal}.small{color:#555;font-size:.9em}
.sign{display:inline-block;min-width:1.35em;text-align:center;font-weight:700;border-radius:.2em;margin-right:.2em}.sign.ok{color:#1d6b35;background:#e4f2e7}.sign.warning{color:#8a5200;background:#fbeed3}.sign.error{color:#b3131b;background:#fbdfdd}.sign.plain{color:#555;background:#eee}
.letter{display:inline-block;border:1px solid currentColor;padding:0 .3em;font-size:.8em;line-height:1.3;color:#444}.counts{display:flex;flex-wrap:wrap;gap:.3rem 1.6rem}.found{columns:22rem 3}a{color:#0b4f8a}
.numbers{overflow-x:auto}.numbers table{margin:.3rem 0;font-size:.92rem}.numbers th{font-weight:400}.numbers thead th{font-weight:600}.numbers th,.numbers td{padding:.15rem 1.1rem .15rem 0}:target{outline:2px solid #0b4f8a;outline-offset:3px}
@media (max-width:52rem){body{margin:1.2rem auto}.checked{grid-template-columns:minmax(0,1fr);padding-left:.7rem}}
@media print{.checked{grid-template-columns:minmax(0,1fr);break-inside:avoid;background:none}.sign{border:1px solid currentColor}.katex{font-size:1em}}`;
