import { printable } from '../assembly/source/printable';
import type { Stack } from '../assembly/stack';
import type { AssessedService } from '../assessment/assessed-service';
import { encloses, isCalled, labelOf } from '../assessment/stages';
import { resolveServices } from '../audit/services';
import { ConfigurationError } from '../errors';
import { serviceText } from '../evidence/service-text';
import type { CatalogueService } from '../objectives/catalogue';
import { assessApps } from './assess';
import type { JudgeFlags } from './judge';
import { write } from './output';
import type { World } from './terminal';

/** Runs `nines explain SERVICE` and gives its exit code. */
export function explainService(
  name: string,
  { path, ...flags }: JudgeFlags & { readonly path: string },
  world: World,
): number {
  const apps = assessApps(path, flags, world);
  const pages = apps.flatMap(({ graph, assessment }) => {
    const index = resolveServices(graph);
    const catalogues = graph.stacks.flatMap((stack) =>
      index
        .inStack(stack)
        .flatMap(({ catalogue }) => (catalogue ? [{ stack, region: stack.region, service: catalogue }] : [])),
    );
    return assessment.services
      .filter(({ service }) => isCalled(service, name))
      .map((each) => ({ assessment: each, catalogues: catalogues.filter(isSaidOf(each.service)) }));
  });
  if (pages.length === 0)
    throw noSuch(
      name,
      apps.flatMap(({ assessment }) => assessment.services.map(({ service }) => labelOf(service))),
    );
  for (const page of pages) write(serviceText(page), undefined, world);
  return 0;
}

/** What a stack says of a service, of its stage where each is assessed by itself. */
function isSaidOf({ name, stage }: AssessedService) {
  return ({ stack, service }: { readonly stack: Stack; readonly service: CatalogueService }): boolean =>
    service.name === name && (stage === undefined || encloses(stage, stack.stage));
}

function noSuch(name: string, known: readonly string[]): ConfigurationError {
  return new ConfigurationError({
    path: printable(name),
    problem: 'is no rule, and no service of the app',
    fix: `name a rule such as RDS-01, or ${known.length === 1 ? 'the service' : 'one of the services'} ${known.map(printable).join(', ')}`,
  });
}
