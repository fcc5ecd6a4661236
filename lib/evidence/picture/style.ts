/** How a picture looks: what cannot be told by colour is told by dashes, weights, signs and words as well. */
export const PICTURE_STYLE = `
.panel-area { fill: var(--region); stroke: var(--line); }
.over .panel-area { fill: none; stroke-dasharray: 3 3; }
.panel-name { font-weight: 600; }
.zone-area { fill: var(--zone); }
.hit { fill: transparent; }
.box-area { fill: var(--box); stroke: var(--edge); }
.alone .box-area { stroke: var(--error); stroke-width: 2.5; }
.box-name { font-weight: 600; }
.small { font-size: 11px; }
text.small { fill: var(--quiet); }
.cell-area { fill: var(--partB); }
.cell text.small { fill: var(--ink); }
.edge { fill: none; stroke: var(--edge); stroke-width: 1.5; }
.edge.oneOf { stroke-width: 1.5; stroke-dasharray: 1.5 2.5; }
.edge.failsOverTo { stroke: var(--info); stroke-width: 2; stroke-dasharray: 8 4; }
.tip { fill: var(--edge); stroke: var(--edge); }
.tip.oneOf { fill: var(--box); }
.tip.failsOverTo { fill: var(--info); stroke: var(--info); }
.gone, .less { display: none; font-weight: 600; }
text.small.gone, text.gone { fill: var(--error); }
text.small.less { fill: var(--warning); }
.lost > .gone, .lost > .handle > .gone, .impaired > .less { display: inline; }
.lost > .present, .impaired > .present, .lost.impaired > .less { display: none; }
.box.lost .box-area { fill: var(--bad); stroke: var(--error); stroke-dasharray: 5 3; }
.box.lost .box-name { text-decoration: line-through; }
.panel.lost .panel-area, .zone.lost .zone-area, .cell.lost .cell-area { fill: var(--bad); }
.panel.lost .panel-area, .cell.lost .cell-area { stroke: var(--error); stroke-dasharray: 5 3; }
.handle { cursor: pointer; }
`;
