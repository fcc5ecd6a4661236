import { AWS_REGIONS } from '../calculus/aws-regions';
import { type Mistake, missing } from './mistakes';
import type { TopologyNeeds } from './topology-needs';

/** What contradicts itself before any topology is looked for. @internal */
export function topologyMistakes(needs: TopologyNeeds): Mistake[] {
  const absent = missing(needs, 'rto');
  return absent.length > 0 ? absent : [...timeMistakes(needs), ...placeMistakes(needs)];
}

function timeMistakes({ stateful, rto, rpo, dataRepairRpo, slo }: TopologyNeeds): Mistake[] {
  const mistakes: Mistake[] = [];
  if (!(rto.toSeconds() > 0)) mistakes.push({ problem: 'the RTO must be more than 0', fix: 'give a time' });
  if (stateful && !rpo) {
    mistakes.push({ problem: 'it keeps data, but has no RPO', fix: 'say how much of it may be lost' });
  }
  if (rpo && !(rpo.toSeconds() >= 0)) {
    mistakes.push({ problem: 'the RPO must be 0 or more', fix: 'give a time' });
  }
  if (dataRepairRpo && !(dataRepairRpo.toSeconds() >= 0)) {
    mistakes.push({ problem: 'the RPO for damaged data must be 0 or more', fix: 'give a time' });
  }
  if (slo !== undefined && !(slo > 0 && slo < 1)) {
    mistakes.push({ problem: `an SLO of ${slo} is no fraction between 0 and 1`, fix: 'write 0.999' });
  }
  return mistakes;
}

function placeMistakes(needs: TopologyNeeds): Mistake[] {
  const count = regionsFor(needs);
  if (count > 1) return [];
  return [
    {
      problem: `data may lie in ${count === 0 ? 'no region' : 'one region'} that is known, so nothing is left when a region is lost`,
      fix: 'allow a second region, or accept the risk and promise nothing for the loss of a region',
    },
  ];
}

/** How many known regions of one partition the data may lie in. @internal */
export function regionsFor({ residency }: TopologyNeeds): number {
  const allowed = AWS_REGIONS.filter(({ code }) => !residency || residency.allows(code) === true);
  const partitions = new Map<string, number>();
  for (const { partition } of allowed) partitions.set(partition, (partitions.get(partition) ?? 0) + 1);
  return Math.max(0, ...partitions.values());
}
