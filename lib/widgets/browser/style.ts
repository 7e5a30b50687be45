/** One style sheet for all widgets. */

import { FONTS } from "../../charts/text.ts";
import { type Colours, DARK, LIGHT } from "../draw/colours.ts";

const variables = (colours: Colours) =>
  Object.entries(colours).map(([name, value]) => `--${name}:${value}`).join(";");

/** For the shadow root of a widget. */
export const STYLE = `
:host { display: block }
.widget { ${variables(LIGHT)}; color-scheme: light }
.widget.dark { ${variables(DARK)}; color-scheme: dark }
.widget {
  font: 14px/1.45 ${FONTS}; color: var(--ink); background: var(--paper); box-sizing: border-box;
  border: 1px solid var(--grid); border-radius: 10px; padding: 14px 16px; max-width: 900px; margin: 6px 0;
  text-align: left;
}
*, *::before { box-sizing: border-box }
h3 { font-size: 16px; line-height: 1.3; margin: 0 0 2px; font-weight: 600 }
p { margin: 0 0 8px; color: var(--quiet) }
p.say { color: var(--ink); margin: 8px 0 0; min-height: 1.45em }
.panels { display: flex; flex-wrap: wrap; gap: 8px 16px; margin: 6px 0 }
.panel { flex: 1 1 290px; min-width: 0; position: relative }
.panel svg { display: block; width: 100%; height: auto; overflow: visible; user-select: none; font-family: inherit }
.panel svg svg { overflow: hidden }
.panel.touch { touch-action: none; cursor: crosshair; border-radius: 6px }
.panel.grab { cursor: grab; touch-action: pan-y; border-radius: 6px }
.panel.grab:active { cursor: grabbing }
.row { display: flex; flex-wrap: wrap; gap: 8px 14px; align-items: center; margin: 8px 0 0 }
label.slider { display: flex; align-items: center; gap: 8px; flex: 1 1 240px; min-width: 0 }
label.slider .name { white-space: nowrap }
label.slider output { min-width: 4.2em; text-align: right; font-variant-numeric: tabular-nums }
input[type=range] { flex: 1; min-width: 60px; width: 100%; height: 28px; margin: 0; accent-color: var(--blue) }
button, select, input[type=text] {
  font: inherit; color: var(--ink); background: var(--paper); border: 1px solid var(--reference);
  border-radius: 7px; min-height: 36px; padding: 4px 12px; margin: 0;
}
button { cursor: pointer }
button:hover:not(:disabled, .off) { background: color-mix(in srgb, var(--blue) 14%, var(--paper)) }
button.main { background: var(--blue); color: var(--paper); border-color: var(--blue); font-weight: 600 }
button.main:hover:not(:disabled, .off) { background: color-mix(in srgb, var(--blue) 82%, var(--ink)) }
button:disabled, button.off { opacity: 0.45; cursor: default }
button.small { min-height: 30px; padding: 1px 9px; font-size: 13px }
fieldset { border: 0; margin: 0; padding: 0; min-width: 0; display: flex; flex-wrap: wrap; align-items: center; gap: 6px }
legend { float: left; padding: 0; margin: 0 4px 0 0; line-height: 36px }
.pill { position: relative; display: inline-flex }
.pill input { position: absolute; opacity: 0; inset: 0; width: 100%; height: 100%; margin: 0; cursor: pointer }
.pill span {
  border: 1px solid var(--reference); border-radius: 18px; padding: 5px 13px; min-height: 34px; line-height: 22px;
}
.pill input:checked + span { background: var(--blue); color: var(--paper); border-color: var(--blue); font-weight: 600 }
.pill input:hover:not(:checked) + span { background: color-mix(in srgb, var(--blue) 14%, var(--paper)) }
:focus-visible, .pill input:focus-visible + span {
  outline: 3px solid var(--orange); outline-offset: 2px;
}
dl.numbers { display: grid; grid-template-columns: repeat(auto-fit, minmax(100px, 1fr)); gap: 6px; margin: 8px 0 0 }
dl.numbers div { border: 1px solid var(--grid); border-radius: 7px; padding: 4px 8px }
dl.numbers dt { color: var(--quiet); font-size: 12.5px; margin: 0 }
dl.numbers dd { margin: 0; font-variant-numeric: tabular-nums; font-weight: 600; font-size: 15px }
.formula { font-family: Cambria, "STIX Two Math", "Times New Roman", serif; font-size: 16px; color: var(--ink); margin: 6px 0 0 }
.formula div { margin: 2px 0; white-space: pre-wrap }
.quiet { color: var(--quiet); font-size: 13px; margin: 8px 0 0 }
pre { margin: 0; font: 13.5px/1.7 ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; overflow-x: auto }
[hidden] { display: none !important }
.hidden { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap }
`;
