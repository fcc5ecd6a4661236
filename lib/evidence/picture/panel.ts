import { counted, minutes } from '../report/figures';
import type { DrawnComponent } from './folded';
import { clean, fitted, fittedWords, shortName, typeName, zoneLetter } from './labels';
import type { Box, Panel, ZoneColumn } from './picture';
import { onlyZone, type Row, rowsOf } from './rows';

const HEAD = 26;
const ZONE_HEAD = 20;
const PAD = 10;
const GAP = 14;
const PLAIN_HEIGHT = 36;
const CELL_HEIGHT = 16;

/** What a panel is made of. */
export interface PanelContent {
  readonly region: string | undefined;
  readonly label: string;
  readonly zones: readonly string[];
  readonly components: readonly DrawnComponent[];
}

/** Where a panel stands, and how much room its lines need at its left. */
export interface PanelPlace {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly gutter: number;
}

/** A panel with the boxes in it. */
export interface PlacedPanel {
  readonly panel: Panel;
  readonly boxes: readonly Box[];
}

/** Puts the components of a region below each other, over the columns of its zones. */
export function placePanel(
  content: PanelContent,
  place: PanelPlace,
  indexesOf: (component: DrawnComponent) => readonly number[],
): PlacedPanel {
  const inner = { x: place.x + place.gutter, width: place.width - place.gutter - PAD };
  const top = place.y + HEAD + (content.zones.length > 0 ? ZONE_HEAD : 0);
  const columns = columnsOf(content, inner, top - ZONE_HEAD);
  const boxes: Box[] = [];
  let y = top + 6;
  for (const row of rowsOf(content.components)) {
    const height = heightOf(row);
    for (const component of row)
      boxes.push(boxOf(component, { ...inner, y, height }, columns, indexesOf(component)));
    y += height + GAP;
  }
  const folded = content.components.reduce((sum, { members = [] }) => sum + members.length, 0);
  const bottom = y + (folded > 0 ? 16 : 0);
  const zones = columns.map((column) => ({ ...column, height: bottom - column.y - 4 }));
  const { x, width } = place;
  const { region, label } = content;
  return { panel: { x, y: place.y, width, height: bottom - place.y, region, label, zones, folded }, boxes };
}

function columnsOf(
  { zones, region = '' }: PanelContent,
  { x, width }: { readonly x: number; readonly width: number },
  y: number,
): readonly ZoneColumn[] {
  const each = width / Math.max(zones.length, 1);
  return zones.map((zone, index) => ({
    zone,
    label: fitted(`zone ${zoneLetter(zone, region)}`, each - 8),
    x: Math.round(x + index * each) + 2,
    y,
    width: Math.round(each) - 4,
    height: 0,
  }));
}

function heightOf(row: Row): number {
  return row.some(({ zones }) => zones.length > 1) ? PLAIN_HEIGHT + CELL_HEIGHT + 4 : PLAIN_HEIGHT;
}

function boxOf(
  component: DrawnComponent,
  area: { readonly x: number; readonly y: number; readonly width: number; readonly height: number },
  columns: readonly ZoneColumn[],
  indexes: readonly number[],
): Box {
  const column = columns.find(({ zone }) => zone === onlyZone(component));
  const narrow = column && columns.length > 1;
  const x = narrow ? column.x + 4 : area.x + 4;
  const width = (narrow ? column.width : area.width) - 8;
  const { y, height } = area;
  const sign = component.stopsAlone ? '▲ ' : '';
  return {
    component,
    indexes,
    x,
    y,
    width,
    height,
    title: sign + fitted(titleOf(component), width - 14 - (sign === '' ? 0 : 16)),
    subtitle: fittedWords(subtitleOf(component), width - 14),
    cells: component.zones.length > 1 ? cellsOf(component, columns, y + height - CELL_HEIGHT - 4) : [],
  };
}

/** What several are drawn as is counted. */
function titleOf(component: DrawnComponent): string {
  const { members, resource } = component;
  if (!members) return shortName(component);
  const alike = members.every((each) => each.resource.type === resource.type);
  return `${members.length} × ${alike ? typeName(resource.type) : 'others'}`;
}

function subtitleOf(component: DrawnComponent): readonly string[] {
  const { entry, resource, minutesPerYear, sharedMinutesPerYear, zones, regions, members } = component;
  const [only] = zones;
  const units = zones.length === 1 && only && only.units > 0 ? [counted(only.units, 'unit')] : [];
  const cost = minutesPerYear >= 0.01 ? [minutes(minutesPerYear)] : [];
  const shared = sharedMinutesPerYear >= 0.01 ? [`${minutes(sharedMinutesPerYear)} shared`] : [];
  const several = regions.length > 1 ? [clean(regions.join(' + '))] : [];
  const alone = members?.filter(({ stopsAlone }) => stopsAlone).length ?? 0;
  const what = members
    ? alone > 0 && alone < members.length
      ? [`${alone} stop it alone`]
      : []
    : [typeName(resource.type)];
  // What tells most comes last: the first words are left out where there is no room.
  return [...(entry ? ['way in'] : []), ...what, ...several, ...units, ...shared, ...cost];
}

function cellsOf({ zones }: DrawnComponent, columns: readonly ZoneColumn[], y: number): Box['cells'] {
  return columns.flatMap(({ zone, x, width }) => {
    const part = zones.find((each) => each.zone === zone);
    if (!part) return [];
    const label = part.units > 0 ? counted(part.units, 'unit') : 'here';
    return [{ zone, label, x: x + 10, y, width: width - 20, height: CELL_HEIGHT }];
  });
}
