import type { Graph } from '../assembly/graph';
import type { Resource } from '../assembly/resource';
import type { Stack } from '../assembly/stack';
import { CATALOGUE_KEY } from '../objectives/catalogue';
import { readCatalogue } from '../objectives/catalogue-reader';
import type { Decision } from '../objectives/decision';
import type { AssessedService } from './assessed-service';
import { SCALED_TYPES } from './standing';

/** How many units carry the peak of a service, all its regions together. */
export interface Peak {
  readonly units: number;

  /** What says so: the decision in the catalogue, or the configuration. */
  readonly source: string;
}

/** The decisions by which our constructs say what the peak is: of `Web`, `Web.peakTasks`. */
const PEAK = /^(.*)\.peak(Tasks|Instances|Concurrency)$/;

/** Who may declare peaks in the configuration. */
export type Declaring = readonly Pick<AssessedService, 'peakUnits'>[];

/** The peak that was declared for what runs: by the configuration, else by a construct. @returns undefined where nobody says */
export function declaredPeakOf(resource: Resource, services: Declaring): Peak | undefined {
  return configuredPeakOf(resource, services) ?? decidedPeakOf(resource);
}

function configuredPeakOf(resource: Resource, services: Declaring): Peak | undefined {
  for (const { peakUnits = {} } of services)
    for (const [scope, units] of Object.entries(peakUnits))
      if (isCalled(resource, scope)) return { units, source: `declared: peakUnits of ${scope}` };
  return undefined;
}

/** Whether a construct path, from any stack on, or a logical id names a resource. */
export function isCalled({ logicalId, origin }: Resource, scope: string): boolean {
  return logicalId === scope || (origin !== undefined && isWithin(origin.path, scope));
}

function decidedPeakOf(resource: Resource): Peak | undefined {
  const path = resource.origin?.path;
  if (path === undefined) return undefined;
  for (const { what, value } of decisionsIn(resource.stack)) {
    const scope = PEAK.exec(what)?.[1];
    if (scope === undefined || !isWithin(path, scope)) continue;
    const units = Number(value);
    if (Number.isFinite(units)) return { units, source: `declared: ${what}` };
  }
  return undefined;
}

/**
 * The peak that what stands in a standby must carry once it serves: its own, else that of what it stands in for, which has the
 * same logical id in another region.
 */
export function peakAfterFailover(resource: Resource, services: Declaring): Peak | undefined {
  return declaredPeakOf(resource, services) ?? peaksById(resource.stack.graph, services).get(keyOf(resource));
}

function keyOf({ type, logicalId }: Resource): string {
  return `${type} ${logicalId}`;
}

const highest = new WeakMap<Declaring, Map<Graph, ReadonlyMap<string, Peak>>>();

/** The highest peaks that are declared, by type and logical id. */
function peaksById(graph: Graph, services: Declaring): ReadonlyMap<string, Peak> {
  const byGraph = highest.get(services) ?? new Map<Graph, ReadonlyMap<string, Peak>>();
  highest.set(services, byGraph);
  const found = byGraph.get(graph) ?? highestPeaks(graph, services);
  byGraph.set(graph, found);
  return found;
}

function highestPeaks(graph: Graph, services: Declaring): ReadonlyMap<string, Peak> {
  const peaks = new Map<string, Peak>();
  for (const resource of graph.ofType(...SCALED_TYPES)) {
    const [peak, known] = [declaredPeakOf(resource, services), peaks.get(keyOf(resource))];
    if (peak && (known === undefined || known.units < peak.units)) peaks.set(keyOf(resource), peak);
  }
  return peaks;
}

/** The scope of a decision is written from the stack on: `Web` is in the path `Prod/Shop/Web/Service`. */
function isWithin(path: string, scope: string): boolean {
  return `/${path}/`.includes(`/${scope}/`);
}

const known = new WeakMap<Stack, readonly Decision[]>();

function decisionsIn(stack: Stack): readonly Decision[] {
  const decisions = known.get(stack) ?? readDecisions(stack);
  known.set(stack, decisions);
  return decisions;
}

function readDecisions({ source }: Stack): readonly Decision[] {
  const { Metadata: metadata } = source.template;
  const written = metadata && Object.hasOwn(metadata, CATALOGUE_KEY) ? metadata[CATALOGUE_KEY] : undefined;
  if (written === undefined) return [];
  const reading = readCatalogue(written);
  return 'problem' in reading ? [] : reading.catalogue.services.flatMap(({ decisions }) => decisions);
}
