import { Annotations, Aspects } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { DependencyKind } from '../../../objectives/dependency';
import type { Mistake } from '../../../objectives/mistakes';
import { type Promised, promiseMistakes } from '../../../objectives/promises';
import type { Service } from '../../../objectives/service';
import { ServiceScope } from '../../governance/service-scope';

/**
 * Third parties that promise too little, each or together.
 *
 * @internal
 */
export function thirdPartyMistakes(slo: number, service: Service | undefined): Mistake[] {
  return promiseMistakes(slo, partiesOf(service), fixOf);
}

/**
 * Has the app fail at synthesis where services of it promise too little: they may be declared after the objective. Those that it does
 * not declare are unknown, and so are third parties without a promise: it warns of both.
 *
 * @internal
 */
export function checkPromises(scope: Construct, objectives: readonly number[], service: Service): void {
  for (const { name, kind, sla } of service.thirdParties)
    if (kind === DependencyKind.HARD && sla === undefined)
      Annotations.of(scope).addWarningV2(
        `cdk-nines:no-promise-of-${name.replaceAll(/\W+/g, '-')}`,
        `${name} promises nothing, and ${service.name} does not work without it: whether its objective can be kept is not known. Give the sla of the contract, or do without ${name} while it is down and declare it soft.`,
      );
  const strictest = Math.max(...objectives);
  Aspects.of(scope).add({
    visit: (node) => {
      if (node === scope) warnOfUndeclared(scope, strictest, service);
    },
  });
  scope.node.addValidation({
    validate: () => {
      const services = servicesOf(scope, service);
      if (services.length === 0) return [];
      const promises = [...services, ...partiesOf(service)];
      return promiseMistakes(strictest, promises, fixOf).map(
        ({ problem, fix }) => `${problem}\n  fix: ${fix}`,
      );
    },
  });
}

/** What is declared in another app may promise anything; and no construct reads `nines.config.yaml`, which the audit does. */
function warnOfUndeclared(scope: Construct, slo: number, { name, dependsOn }: Service): void {
  for (const { service: needed, kind } of dependsOn) {
    if (kind !== DependencyKind.HARD || ServiceScope.named(scope, needed).length > 0) continue;
    Annotations.of(scope).addWarningV2(
      `cdk-nines:no-objective-of-${needed.replaceAll(/\W+/g, '-')}`,
      `${needed} is not declared in the code of this app, and ${name} does not work without it: whether ${Number((slo * 100).toPrecision(6))} % can be kept is not known here. Where nines.config.yaml declares it, rule X-51 compares both: acknowledge this. Where it is in another app, ask its owner for its objective: where it is as high, acknowledge this; else lower yours, or do without ${needed} while it is down and declare it soft.`,
    );
  }
}

function partiesOf(service: Service | undefined): readonly Promised[] {
  return (service?.thirdParties ?? []).flatMap(({ name, kind, sla }) =>
    kind === DependencyKind.HARD && sla !== undefined ? [{ name, availability: sla }] : [],
  );
}

/** Where a service is declared in several places, the least that it promises. */
function servicesOf(scope: Construct, { dependsOn }: Service): readonly Promised[] {
  return dependsOn.flatMap(({ service: name, kind }) => {
    const declared = kind === DependencyKind.HARD ? ServiceScope.named(scope, name) : [];
    const slos = declared.map(({ service: { objectives } }) => objectives.slo);
    return slos.length > 0 ? [{ name, availability: Math.min(...slos) }] : [];
  });
}

function fixOf({ name }: Promised): string {
  return `do without ${name} while it is down and declare it soft`;
}
