import type { Topology } from '../../assessment/topology';
import { type DrawnComponent, type FoldedTopology, folded } from './folded';
import { clean } from './labels';
import { LANE, Lanes } from './lanes';
import { linesOf } from './lines';
import { type PanelContent, type PlacedPanel, placePanel } from './panel';
import type { Box, Panel, Picture } from './picture';

/** How a picture is laid out. */
export interface LayoutOptions {
  readonly width: number;

  /** Whether regions stand below each other, for narrow screens. */
  readonly stacked: boolean;

  /** What a region does, in a word. @default - nothing is said */
  readonly roles?: ReadonlyMap<string, string>;
}

const MARGIN = 10;
const GUTTER = 16;
const BETWEEN = 14;
const WIDEST = 640;
const NARROWEST = 330;
const WIDEST_BAND = 420;

/** Gives everything in a topology its place: regions beside each other, zones as columns, components below each other. */
export function layout(whole: Topology, options: LayoutOptions): Picture {
  const topology = folded(whole);
  const contents = contentsOf(topology, options.roles ?? new Map());
  const lanes = new Lanes(contents, topology.edges);
  const index = new Map(whole.components.map((component, place) => [component, place]));
  const indexesOf = (component: DrawnComponent) =>
    (component.members ?? [component]).map((each) => index.get(each) ?? -1);
  const places = options.stacked
    ? stackedPlaces(contents, lanes, options)
    : widePlaces(contents, lanes, options);
  const placed: (PlacedPanel & { readonly content: PanelContent })[] = [];
  let below = 0;
  for (const content of contents) {
    const { x, width } = places.get(content) ?? { x: 0, width: NARROWEST };
    const isBand = content.region === undefined;
    const gutter = GUTTER + LANE * lanes.inside(content);
    const panel = placePanel(content, { x, y: below, width, gutter }, indexesOf);
    placed.push({ ...panel, content });
    if (options.stacked || isBand) below = bottomOf(placed) + BETWEEN + (isBand ? LANE * lanes.tracks : 0);
  }
  return { ...sizeOf(placed), ...drawn(placed, topology, lanes, options.stacked) };
}

/** What stands in no region or in several comes first, then the regions. */
function contentsOf(
  { components, regions }: FoldedTopology,
  roles: ReadonlyMap<string, string>,
): readonly PanelContent[] {
  const over = components.filter(({ regions: own }) => own.length !== 1);
  const inRegions = new Map<string, DrawnComponent[]>(regions.map(({ name }) => [name, []]));
  for (const component of components) {
    const [only] = component.regions;
    if (component.regions.length !== 1 || only === undefined) continue;
    const known = inRegions.get(only);
    if (known) known.push(component);
    else inRegions.set(only, [component]);
  }
  const zones = new Map(regions.map(({ name, zones: own }) => [name, own]));
  return [
    ...(over.length > 0
      ? [{ region: undefined, label: 'Global, or over several regions', zones: [], components: over }]
      : []),
    ...[...inRegions]
      .filter(([, own]) => own.length > 0)
      .map(([name, own]) => ({
        region: name,
        label: clean(`Region ${name}${roles.has(name) ? `, ${roles.get(name)}` : ''}`),
        zones: zones.get(name) ?? [],
        components: own,
      })),
  ];
}

type Places = ReadonlyMap<PanelContent, { readonly x: number; readonly width: number }>;

function stackedPlaces(contents: readonly PanelContent[], lanes: Lanes, { width }: LayoutOptions): Places {
  const x = MARGIN + LANE * lanes.tracks;
  return new Map(contents.map((content) => [content, { x, width: width - x }]));
}

function widePlaces(contents: readonly PanelContent[], lanes: Lanes, { width }: LayoutOptions): Places {
  const regions = contents.filter(({ region }) => region !== undefined);
  const marginOf = (content: PanelContent) => MARGIN + LANE * lanes.beside(content);
  const margins = regions.reduce((sum, content) => sum + marginOf(content), 0);
  const room = (width - margins) / Math.max(regions.length, 1);
  const each = Math.floor(Math.min(WIDEST, Math.max(NARROWEST, room)));
  const places = new Map<PanelContent, { readonly x: number; readonly width: number }>();
  let x = 0;
  for (const region of regions) {
    x += marginOf(region);
    places.set(region, { x, width: each });
    x += each;
  }
  const band = contents.find(({ region }) => region === undefined);
  if (band)
    places.set(band, { x: Math.max(marginOf(band), Math.round((x - WIDEST_BAND) / 2)), width: WIDEST_BAND });
  return places;
}

function bottomOf(placed: readonly PlacedPanel[]): number {
  return Math.max(0, ...placed.map(({ panel }) => panel.y + panel.height));
}

function sizeOf(placed: readonly PlacedPanel[]): Pick<Picture, 'width' | 'height'> {
  const width = Math.max(NARROWEST, ...placed.map(({ panel }) => panel.x + panel.width));
  return { width: width + 2, height: bottomOf(placed) + 2 };
}

function drawn(
  placed: readonly (PlacedPanel & { readonly content: PanelContent })[],
  { edges }: Topology,
  lanes: Lanes,
  stacked: boolean,
): Pick<Picture, 'panels' | 'boxes' | 'lines'> {
  const boxes = new Map<string, Box>();
  const homes = new Map<Box, { readonly panel: Panel; readonly content: PanelContent }>();
  const contents = new Map(placed.map(({ panel, content }) => [panel, content]));
  for (const { panel, content, boxes: own } of placed)
    for (const box of own) {
      boxes.set(box.component.resource.id, box);
      homes.set(box, { panel, content });
    }
  const idOf = ({ component }: Box) => component.resource.id;
  const panelOf = (box: Box) => homes.get(box)?.panel ?? (placed[0] as PlacedPanel).panel;
  const contentOf = (panel: Panel) => contents.get(panel) as PanelContent;
  const band = placed.find(({ panel }) => panel.region === undefined);
  const tracks = band ? band.panel.y + band.panel.height + BETWEEN / 2 : -BETWEEN / 2;
  const lines = linesOf(edges, boxes, {
    panelOf,
    inside: (source) =>
      panelOf(source).x + GUTTER - 8 + LANE * lanes.insideOf(contentOf(panelOf(source)), idOf(source)),
    beside: (panel, source) =>
      stacked
        ? MARGIN / 2 + LANE * lanes.trackOf(idOf(source))
        : panel.x - MARGIN / 2 - LANE * lanes.besideOf(contentOf(panel), idOf(source)),
    track: (source) => (stacked ? undefined : tracks + LANE * lanes.trackOf(idOf(source))),
  });
  return { panels: placed.map(({ panel }) => panel), boxes: [...boxes.values()], lines };
}
