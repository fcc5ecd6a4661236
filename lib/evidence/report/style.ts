import { STYLE, scheme } from '../html/style';
import { PICTURE_DARK, PICTURE_LIGHT } from '../picture/colours';
import { PICTURE_STYLE } from '../picture/style';

/** How the report looks, beyond what it shares with the audit. */
export const REPORT_STYLE = `${STYLE}${scheme(PICTURE_LIGHT, PICTURE_DARK)}${PICTURE_STYLE}[hidden] { display: none !important; }
h1 { margin-bottom: .25rem; }
section.service { margin-top: 3rem; }
.lead { display: flex; flex-wrap: wrap; gap: .75rem 2.5rem; margin: 1rem 0; padding: 0; }
.lead > div { min-width: 8rem; }
.lead dt { color: var(--quiet); font-size: .85rem; }
.lead dd { margin: 0; font-size: 1.35rem; font-weight: 600; }
.lead dd details[open] { font-size: 1rem; font-weight: 400; }
.missing { margin: 0 0 1rem; padding-left: 1.2rem; }
td .missing { margin: 0; }
.missing a { color: inherit; text-decoration-style: dotted; }
.scroll { overflow-x: auto; }
.scroll table { margin: .25rem 0 1rem; }
.source { white-space: nowrap; }
summary { cursor: pointer; }
summary:focus-visible, button:focus-visible, .scroll:focus-visible, [tabindex]:focus-visible {
  outline: 3px solid var(--link); outline-offset: 2px; }
.trace { display: inline-block; vertical-align: top; }
thead th { overflow-wrap: normal; }
th, td { min-width: 5.5rem; }
tbody th { min-width: 8.5rem; }
.trace > summary { display: inline; white-space: nowrap; text-decoration: underline dotted; text-underline-offset: .2em; list-style: none; }
.trace > summary::-webkit-details-marker { display: none; }
.trace[open] { display: block; }
.trace[open] > summary { font-weight: 600; }
.trace > div { margin: .25rem 0 .75rem; padding: .25rem .75rem; border-left: 3px solid var(--line); font-size: .85rem;
  font-weight: 400; min-width: 14rem; }
.trace table { margin: .25rem 0; font-size: 1em; }
.terms { margin: 0; padding-left: 1.4rem; }
.advice { padding: .5rem .75rem; border-left: 4px solid var(--link); background: var(--head); }
svg text { font: 12px system-ui, sans-serif; fill: var(--ink); }
.bar { display: block; min-width: 5rem; margin-top: .35rem; }
.bar-back { fill: var(--head); stroke: var(--line); }
.bar-front { fill: var(--partC); }
.bar-part { stroke: var(--page); }
.bar-part-0 { fill: var(--partA); }
.bar-part-1 { fill: var(--partB); }
.bar-part-2 { fill: var(--partC); }
.bar-endless { fill: var(--bad); stroke: var(--error); stroke-dasharray: 6 4; }
.bar-owed { stroke: var(--ink); stroke-width: 3; }
.recovery { margin: 0 0 1.1rem; break-inside: avoid; }
.recovery-name, .because { margin: 0; }
.because { font-size: .9rem; }
.recovery-line { display: grid; grid-template-columns: 13rem minmax(10rem, 1fr) 9rem; gap: .75rem; align-items: start;
  padding: .15rem 0; }
.objective { grid-column: 2; }
.recovery-owed { grid-column: 3; }
.recovery-line > div:has([open]) { grid-column: 1 / -1; }
.recovery-figure, .recovery-owed { font-size: .95rem; }
.objective { display: block; }
.lose { display: flex; flex-wrap: wrap; gap: .5rem; align-items: center; margin: .75rem 0; }
.lose button { font: inherit; font-size: .9rem; padding: .3rem .7rem; border: 1px solid var(--edge); border-radius: 4px;
  background: var(--box); color: var(--ink); cursor: pointer; min-height: 2rem; }
.lose button[aria-pressed=true] { border: 2px solid var(--ink); background: var(--head); font-weight: 600; }
.said { margin: .5rem 0; padding: .5rem .75rem; border-left: 4px solid var(--edge); background: var(--head);
  min-height: 3.5rem; }
.said.stops { border-color: var(--error); }
.picture { margin: .75rem 0; overflow-x: auto; }
.picture svg { display: block; max-width: 100%; height: auto; }
.live .box { cursor: pointer; }
.said-of { margin: 0 0 .75rem; font-size: .9rem; }
.narrow { display: none; }
.legend { display: flex; flex-wrap: wrap; gap: .25rem 1.5rem; margin: 0; padding: 0; list-style: none; font-size: .85rem;
  color: var(--quiet); }
.legend svg { display: inline-block; vertical-align: middle; margin-right: .35rem; }
@media screen and (max-width: 40rem) {
  .wide { display: none; }
  .narrow { display: block; }
  .recovery-line { grid-template-columns: 1fr; gap: .1rem; }
  .recovery-line > * { grid-column: 1; }
}
@media print {
  .lose, .said, .said-of { display: none; }
  th, td, tbody th { min-width: 0; overflow-wrap: anywhere; }
  #scorecard table { font-size: .7rem; }
  #scorecard th, #scorecard td { padding: .2rem .3rem; }
  #scorecard tbody th { min-width: 5rem; }
  td .missing { min-width: 8rem; padding-left: .9rem; }
  .trace > summary { text-decoration: none; }
  .source { white-space: normal; }
  .source::after { content: ' <' attr(href) '>'; }
  section.service { break-before: page; }
  .picture, .objective { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
}
`;
