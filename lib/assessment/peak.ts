import type { Graph } from '../assembly/graph';
import { oncePerGraph } from '../assembly/once-per-graph';
import type { Resource } from '../assembly/resource';
import type { Stack } from '../assembly/stack';
import { CATALOGUE_KEY } from '../objectives/catalogue';
import { readCatalogue } from '../objectives/catalogue-reader';
import type { Decision } from '../objectives/decision';
import { SCALED_TYPES } from './standing';

/** How many units carry the peak of a service, all its regions together. */
export interface Peak {
  readonly units: number;

  /** What says so: the decision in the catalogue. */
  readonly source: string;
}

/** The decisions by which our constructs say what the peak is: of `Web`, `Web.peakTasks`. */
const PEAK = /^(.*)\.peak(Tasks|Instances|Concurrency)$/;

/** The peak that was declared for what a construct runs. @returns undefined where nobody says */
export function declaredPeakOf(resource: Resource): Peak | undefined {
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
export function peakAfterFailover(resource: Resource): Peak | undefined {
  return declaredPeakOf(resource) ?? peaksById(resource.stack.graph).get(keyOf(resource));
}

function keyOf({ type, logicalId }: Resource): string {
  return `${type} ${logicalId}`;
}

/** The highest peaks that are declared, by type and logical id. */
const peaksById = oncePerGraph((graph: Graph): ReadonlyMap<string, Peak> => {
  const peaks = new Map<string, Peak>();
  for (const resource of graph.ofType(...SCALED_TYPES)) {
    const [peak, known] = [declaredPeakOf(resource), peaks.get(keyOf(resource))];
    if (peak && (known === undefined || known.units < peak.units)) peaks.set(keyOf(resource), peak);
  }
  return peaks;
});

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
