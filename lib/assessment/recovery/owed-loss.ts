import type { DataDisruption } from '../../objectives/disruption';
import type { AssessedService } from '../assessed-service';
import { owedPoint } from '../data-owed';
import type { DataLost } from './recovery-point';

/** What is lost, and what that data is owed. */
export interface OwedLoss extends DataLost {
  readonly owedSeconds: number | undefined;
}

/** A loss beside what its data is owed after one kind of disruption. */
export function besideOwed(
  lost: DataLost,
  disruption: DataDisruption,
  { dataClasses, recovery }: AssessedService,
): OwedLoss {
  const { rpoSeconds } = recovery[disruption];
  const { seconds: owedSeconds } = owedPoint(lost.store.resource, dataClasses, disruption, rpoSeconds);
  return { ...lost, owedSeconds };
}

/** The store that loses the most beyond what its data is owed; where all keep it, the one that loses the most. */
export function worstOf(losses: readonly OwedLoss[]): OwedLoss | undefined {
  const [first, ...others] = losses;
  return first && others.reduce((worst, each) => (isWorse(each, worst) ? each : worst), first);
}

function isWorse(one: OwedLoss, other: OwedLoss): boolean {
  const misses = ({ seconds, owedSeconds = Number.POSITIVE_INFINITY }: OwedLoss) => seconds > owedSeconds;
  if (misses(one) !== misses(other)) return misses(one);
  return one.seconds > other.seconds;
}
