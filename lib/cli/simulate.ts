import { meantBy, parseLosses, simulate } from '../assessment/simulate';
import { simulationJson, simulationText } from '../evidence/simulation';
import { assessPath } from './assess';
import type { JudgeFlags } from './judge';
import { write } from './output';
import type { World } from './terminal';

const RENDERERS = { text: simulationText, json: simulationJson } as const;

/** The options of `nines simulate`, as commander reads them. */
export interface SimulateFlags extends JudgeFlags {
  readonly lose: readonly string[];
  readonly format: keyof typeof RENDERERS;
  readonly out?: string;
}

/** Runs `nines simulate` and gives its exit code: 1 where a service stops. */
export function runSimulate(path: string, flags: SimulateFlags, world: World): number {
  const named = flags.lose.flatMap(parseLosses);
  const assessment = assessPath(path, flags, world);
  const losses = meantBy(assessment, named);
  const services = simulate(assessment, losses);
  write(RENDERERS[flags.format]({ losses, services }), flags.out, world);
  return services.some(({ stops }) => stops) ? 1 : 0;
}
