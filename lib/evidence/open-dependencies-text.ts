import { printable } from '../assembly/source/printable';
import type { ServiceAssessment } from '../assessment/assessment';
import { nameOf } from '../assessment/modelling';

/** What leads out of the app and is in no number, for people; nothing where there is none. */
export function* openDependenciesText({ openDependencies: open }: ServiceAssessment): Generator<string> {
  if (open.length === 0) return;
  yield `  not counted: ${open.length} ${open.length === 1 ? 'dependency that leads' : 'dependencies that lead'} out of the app\n`;
  for (const { resource, by, leadsTo } of open)
    yield `    ${printable(by)} of ${printable(nameOf(resource))}: ${printable(leadsTo)}\n`;
}
