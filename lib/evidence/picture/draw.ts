import { el, type Html } from '../html/element';
import type { DrawnComponent } from './folded';
import { clean } from './labels';
import type { Box, Cell, Line, Panel, Picture, ZoneColumn } from './picture';

const MOST_NAMES = 20;

/** What a picture says beside its shapes. */
export interface DrawOptions {
  /** What it shows, for those who do not see it. */
  readonly label: string;

  /** Short names of the places that can be lost, by the id of their event; what a script finds them by. @default - none */
  readonly places?: ReadonlyMap<string, string>;

  /** More attributes of the drawing, such as its namespace. */
  readonly attributes?: Readonly<Record<string, string | number>>;
}

/** A picture as SVG. Its colours come from the style around it, by classes. */
export function draw(
  { width, height, panels, boxes, lines }: Picture,
  options: DrawOptions,
  style?: Html,
): Html {
  const { label, places = new Map(), attributes = {} } = options;
  return el(
    'svg',
    {
      viewBox: `0 -12 ${width} ${height + 12}`,
      width,
      height: height + 12,
      role: 'img',
      'aria-label': clean(label),
      ...attributes,
    },
    style,
    panels.map((panel) => panelShape(panel, places)),
    lines.map(lineShape),
    boxes.map((box) => boxShape(box, places)),
  );
}

function panelShape(panel: Panel, places: ReadonlyMap<string, string>): Html {
  const { x, y, width, height, label, region, zones, folded } = panel;
  const place = region === undefined ? undefined : places.get(`region:${region}`);
  return el(
    'g',
    { class: region === undefined ? 'panel over' : 'panel', 'data-place': place },
    el('rect', { class: 'panel-area', x, y, width, height, rx: 6 }),
    el(
      'g',
      { class: place === undefined ? undefined : 'handle', 'data-lose': place },
      el('rect', { class: 'hit', x, y, width, height: 24 }),
      el('text', { class: 'panel-name', x: x + 10, y: y + 18 }, label),
      el('text', { class: 'gone', x: x + width - 10, y: y + 18, 'text-anchor': 'end' }, '✕ lost'),
    ),
    zones.map((zone) => zoneShape(zone, places)),
    folded > 0 &&
      el('text', { class: 'small', x: x + 14, y: y + height - 6 }, `×: ${folded} are drawn by type and zone`),
  );
}

function zoneShape(
  { x, y, width, height, zone, label }: ZoneColumn,
  places: ReadonlyMap<string, string>,
): Html {
  const place = places.get(`zone:${zone}`);
  return el(
    'g',
    { class: place === undefined ? 'zone' : 'zone handle', 'data-place': place, 'data-lose': place },
    el('rect', { class: 'zone-area', x, y, width, height, rx: 4 }),
    el('text', { class: 'small present', x: x + 6, y: y + 14 }, label),
    el('text', { class: 'small gone', x: x + 6, y: y + 14 }, `✕ ${label}`),
  );
}

function lineShape({ path, leaning, tip }: Line): Html {
  const { x, y, down } = tip;
  const head = down
    ? `${x - 4},${y - 6} ${x + 4},${y - 6} ${x},${y}`
    : `${x - 6},${y - 4} ${x - 6},${y + 4} ${x},${y}`;
  return [
    el('path', { class: `edge ${leaning}`, d: path }),
    el('polygon', { class: `tip ${leaning}`, points: head }),
  ];
}

function boxShape(box: Box, places: ReadonlyMap<string, string>): Html {
  const { x, y, width, height, title, subtitle, component, indexes, cells } = box;
  return el(
    'g',
    { class: component.stopsAlone ? 'box alone' : 'box', 'data-component': indexes.join(' ') },
    el('title', {}, namesOf(component)),
    el('rect', { class: 'box-area', x, y, width, height, rx: 4 }),
    el('text', { class: 'box-name', x: x + 8, y: y + 15 }, title),
    el('text', { class: 'small present', x: x + 8, y: y + 29 }, subtitle),
    cells.map((cell) => cellShape(cell, places)),
    el('text', { class: 'small gone', x: x + 8, y: y + 29 }, '✕ fails'),
    el('text', { class: 'small less', x: x + 8, y: y + 29 }, '◐ goes on with less'),
  );
}

/** The names of all that a box stands for; so many that they can be read. */
function namesOf(component: DrawnComponent): string {
  const { members = [component] } = component;
  const names = members
    .slice(0, MOST_NAMES)
    .map(({ resource }) => clean(resource.origin?.path ?? resource.id));
  const more = members.length - names.length;
  return names.join(', ') + (more > 0 ? ` and ${more} more` : '');
}

function cellShape({ x, y, width, height, zone, label }: Cell, places: ReadonlyMap<string, string>): Html {
  return el(
    'g',
    { class: 'cell', 'data-place': places.get(`zone:${zone}`) },
    el('rect', { class: 'cell-area', x, y, width, height, rx: 3 }),
    el('text', { class: 'small present', x: x + width / 2, y: y + 12, 'text-anchor': 'middle' }, label),
    el('text', { class: 'small gone', x: x + width / 2, y: y + 12, 'text-anchor': 'middle' }, '✕'),
  );
}
