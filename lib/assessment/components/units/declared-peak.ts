import type { Graph } from '../../../assembly/graph';
import { oncePerGraph } from '../../../assembly/once-per-graph';
import type { Resource } from '../../../assembly/resource';
import type { Stack } from '../../../assembly/stack';
import { CATALOGUE_KEY } from '../../../objectives/catalogue';
import { readCatalogue } from '../../../objectives/catalogue-reader';

/** The peak of something, as its service declares it. */
export interface DeclaredPeak {
  /** How many units carry it. */
  readonly units: number;

  /** The decision of the catalogue: `Web.peakTasks`. */
  readonly source: string;

  /** Whether its region waits for a failover, and runs less than the peak until then. */
  readonly waits: boolean;
}

interface PeakDecision {
  readonly stack: Stack;

  /** The path of the construct in its stack. */
  readonly at: string;
  readonly peak: DeclaredPeak;
}

/** The peak that a service of the catalogue declares for a resource; undefined where none does. */
export function declaredPeakOf(resource: Resource): DeclaredPeak | undefined {
  const path = resource.origin?.path;
  const found = decisionsOf(resource.stack.graph).filter(
    ({ stack, at }) =>
      stack === resource.stack &&
      (path === undefined
        ? resource.logicalId.startsWith(at.replace(/[^A-Za-z0-9]/g, ''))
        : `/${path}/`.includes(`/${at}/`)),
  );
  return found.sort((a, b) => b.at.length - a.at.length)[0]?.peak;
}

const DECISION = /^(.+)\.(peakTasks|peakInstances)$/;

const decisionsOf = oncePerGraph((graph: Graph): readonly PeakDecision[] =>
  graph.stacks.flatMap((stack) => {
    const written = stack.source.template.Metadata?.[CATALOGUE_KEY];
    const reading = written === undefined ? undefined : readCatalogue(written);
    if (reading === undefined || 'problem' in reading) return [];
    return reading.catalogue.services.flatMap(({ decisions, role }) =>
      decisions.flatMap(({ what, value }): readonly PeakDecision[] => {
        const [, at] = DECISION.exec(what) ?? [];
        const units = Number(value);
        return at === undefined || !(units >= 1)
          ? []
          : [{ stack, at, peak: { units, source: what, waits: role === 'standby' } }];
      }),
    );
  }),
);
