import type { Graph } from '../assembly/graph';
import { printable } from '../assembly/source/printable';
import type { Stack } from '../assembly/stack';
import type { ConfigurationProblem } from '../errors';
import type { CatalogueService } from '../objectives/catalogue';
import type { Config, ConfiguredService } from '../records/config';
import { type ResolvedService, resolveServices } from './services';

/** A service as the code of one stack declares it. */
interface Declared {
  readonly stack: Stack;
  readonly service: ResolvedService;
  readonly catalogue: CatalogueService;
}

/** One thing that the configuration says of a service, and what code may say of it. */
interface Saying {
  /** How it is written in the file: `tier: 2`. */
  readonly written: (value: string) => string;
  readonly here: string;

  /** What a stack says of it; `undefined` where it says nothing. */
  readonly inCode: (declared: Declared) => string | undefined;
}

/**
 * What a configuration says of a service otherwise than the code that declares the same service: what the code says counts,
 * and the file would be wrong without a word. Where stages differ, the configuration may be that of any of them.
 */
export function contradictedServices(
  graphs: readonly Graph[],
  config: Config,
): readonly ConfigurationProblem[] {
  const declared = graphs.flatMap(declaredIn);
  return config.services.flatMap((service) => {
    const own = declared.filter(({ catalogue }) => catalogue.name === service.name);
    return own.length === 0
      ? []
      : sayingsOf(service).flatMap((saying) => contradiction(service, saying, own));
  });
}

function declaredIn(graph: Graph): readonly Declared[] {
  const services = resolveServices(graph);
  return graph.stacks.flatMap((stack) =>
    services
      .inStack(stack)
      .flatMap((service) => (service.catalogue ? [{ stack, service, catalogue: service.catalogue }] : [])),
  );
}

function sayingsOf({ tier, owner, slo, approach, regions = {} }: ConfiguredService): readonly Saying[] {
  const plain = (name: string) => (value: string) => `${name}: ${value}`;
  return [
    { written: plain('tier'), here: String(tier), inCode: ({ catalogue }) => String(catalogue.tier) },
    ...given(owner, { written: plain('owner'), inCode: ({ catalogue }) => catalogue.owner }),
    ...given(slo, {
      written: plain('slo'),
      inCode: ({ catalogue }) => String(Number(catalogue.objectives.slo)),
    }),
    ...given(approach, {
      written: (value) => `approach: ${value.toLowerCase().replaceAll('_', '-')}`,
      inCode: ({ service }) => service.approach,
    }),
    ...Object.entries(regions).map(
      ([region, role]): Saying => ({
        written: (value) => `regions: { ${region}: ${value} }`,
        here: role,
        inCode: ({ stack, catalogue }) => (stack.region === region ? catalogue.role : undefined),
      }),
    ),
  ];
}

function given(here: string | number | undefined, saying: Omit<Saying, 'here'>): readonly Saying[] {
  return here === undefined ? [] : [{ ...saying, here: String(here) }];
}

function contradiction(
  { name, source }: ConfiguredService,
  { written, here, inCode }: Saying,
  declared: readonly Declared[],
): readonly ConfigurationProblem[] {
  const said = declared.map((each) => ({ ...each, value: inCode(each) }));
  const other = said.find(({ value }) => value !== undefined);
  if (other?.value === undefined || said.some(({ value }) => value === here)) return [];
  const inWords = printable(written(other.value));
  const { id, source: template } = other.stack;
  return [
    {
      path: `${source?.file ?? ''}:${source?.line ?? 1}`,
      problem: `service ${printable(name)} has ${printable(written(here))} here, but ${inWords} in the code of stack ${printable(id)} (${printable(template.file)}): the code counts`,
      fix: `write ${inWords} here as well, or change it in code`,
    },
  ];
}
