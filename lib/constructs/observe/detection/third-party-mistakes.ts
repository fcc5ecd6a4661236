import { DependencyKind } from '../../../objectives/dependency';
import { type Mistake, missing, quoted } from '../../../objectives/mistakes';
import type { Service } from '../../../objectives/service';
import type { ThirdParty } from '../../../objectives/third-party';
import { countMistakes } from '../slo/event-counts';
import { indicatorMistakes } from '../slo/slo-mistakes';
import type { ThirdPartyDependencyProps } from './third-party-dependency';
import { measureMistakes } from './third-party-measure';

/** What the service says of a third party; checked by {@link thirdPartyMistakes}. @internal */
export function thirdPartyOf(name: string, service: Service | undefined): ThirdParty {
  const found = service?.thirdParties.find((each) => each.name === name);
  return found ?? { name, kind: DependencyKind.HARD };
}

/** What cannot be watched. @internal */
export function thirdPartyMistakes(
  props: ThirdPartyDependencyProps,
  service: Service | undefined,
): Mistake[] {
  const absent = missing(props, 'thirdParty', 'measured');
  if (absent.length > 0) return absent;
  const uncounted = countMistakes(props.measured, undefined);
  if (uncounted.length > 0) return uncounted;
  const known = service?.thirdParties.find(({ name }) => name === props.thirdParty);
  if (!known)
    return [
      {
        problem: `${quoted(props.thirdParty)} is no third party of ${service ? `the service ${service.name}` : 'a service: none is declared around it'}`,
        fix: 'name it in thirdParties of the service, with its kind, its SLA and its status page',
      },
    ];
  return [
    ...indicatorMistakes(props.measured),
    ...pageMistakes(props, known),
    ...pollMistakes(props),
    ...shareMistakes(props),
    ...measureMistakes(props.measured, props.leastFailures),
  ];
}

function pageMistakes(
  { summaryUrl, components }: ThirdPartyDependencyProps,
  { name, statusPage }: ThirdParty,
): Mistake[] {
  const url = summaryUrl ?? statusPage;
  const mistakes: Mistake[] = [];
  if (url === undefined)
    mistakes.push({
      problem: `nothing says where ${name} tells how it is`,
      fix: 'set its statusPage in thirdParties, or summaryUrl',
    });
  else if (!URL.canParse(url) || new URL(url).protocol !== 'https:')
    mistakes.push({
      problem: `${quoted(url)} is no address of a status page`,
      fix: 'begin it with https://',
    });
  if (components?.length === 0)
    mistakes.push({ problem: 'components is empty', fix: 'name those that matter, or leave it out' });
  return mistakes;
}

function pollMistakes({ pollInterval }: ThirdPartyDependencyProps): Mistake[] {
  const seconds = pollInterval?.toSeconds() ?? 60;
  if (seconds % 60 === 0 && seconds >= 60 && seconds <= 3_600) return [];
  return [
    {
      problem: `the page is read every ${seconds} s`,
      fix: 'use whole minutes for pollInterval, an hour at most',
    },
  ];
}

function shareMistakes({ failingShare = 0.1, leastFailures = 10 }: ThirdPartyDependencyProps): Mistake[] {
  const mistakes: Mistake[] = [];
  if (!(failingShare > 0 && failingShare < 1))
    mistakes.push({
      problem: `failingShare is ${failingShare}, and no share of requests is more than 1 or less than 0`,
      fix: 'write a fraction between 0 and 1: 0.1 for 10 %',
    });
  if (!(Number.isInteger(leastFailures) && leastFailures >= 1))
    mistakes.push({ problem: `leastFailures is ${leastFailures}`, fix: 'use a whole number, 1 or more' });
  return mistakes;
}

/** A promise that cannot carry what the service owes. @internal */
export function contractMistakes({ name, kind, sla }: ThirdParty, slo: number): Mistake[] {
  if (kind !== DependencyKind.HARD || sla === undefined || sla >= slo) return [];
  return [
    {
      problem: `${name} promises ${percent(sla)}, and the service, which does not work without it, owes ${percent(slo)}`,
      fix: `do without ${name} while it is down and declare it soft, or owe ${percent(sla)} or less`,
    },
  ];
}

/** @internal */
export function percent(share: number): string {
  return `${Number((share * 100).toPrecision(6))} %`;
}
