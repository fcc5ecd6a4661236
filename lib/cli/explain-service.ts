import { printable } from '../assembly/source/printable';
import { resolveServices } from '../audit/services';
import { ConfigurationError } from '../errors';
import { serviceText } from '../evidence/service-text';
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
        .filter((service) => service.name === name)
        .flatMap(({ catalogue }) => (catalogue ? [{ region: stack.region, service: catalogue }] : [])),
    );
    return assessment.services
      .filter(({ service }) => service.name === name)
      .map((each) => ({ assessment: each, catalogues }));
  });
  if (pages.length === 0)
    throw noSuch(
      name,
      apps.flatMap(({ assessment }) => assessment.services.map(({ service }) => service.name)),
    );
  for (const page of pages) write(serviceText(page), undefined, world);
  return 0;
}

function noSuch(name: string, known: readonly string[]): ConfigurationError {
  return new ConfigurationError({
    path: printable(name),
    problem: 'is no rule, and no service of the app',
    fix: `name a rule such as RDS-01, or ${known.length === 1 ? 'the service' : 'one of the services'} ${known.map(printable).join(', ')}`,
  });
}
