import type { Construct } from 'constructs';
import type { StoreFact } from '../../../calculus/stores/store';
import { formatSeconds } from '../../../calculus/time-span';
import { DATA_DISRUPTIONS, type DataDisruption } from '../../../objectives/disruption';
import type { Mistake } from '../../../objectives/mistakes';
import {
  keptInstead,
  type OwedToData,
  type StoreShortfall,
  spanInCode,
  storeShortfalls,
} from '../../../objectives/store-shortfall';
import { ServiceScope } from '../../governance/service-scope';
import type { TierChoices } from '../../governance/tier-choices';
import type { DataProps } from '../data-choice';
import { copiesWillDo } from '../owed-for-region';

/** What a store does not keep of what its data is owed. @internal */
export interface UnkeptBy {
  readonly store: StoreFact;
  readonly owed: OwedToData;
  readonly unkept: readonly StoreShortfall[];

  /** Whether it is enough to declare less, which needs no weakening of the tier. */
  readonly byDeclaring: boolean;
}

/**
 * Every promise that a store does not keep of those that the data is owed. Copies of backups answer for the region where
 * replication does not, if they are soon enough.
 *
 * @internal
 */
export function unkeptBy(
  construct: Construct,
  choices: TierChoices,
  props: DataProps,
  store: StoreFact,
): UnkeptBy {
  const service = ServiceScope.of(construct)?.service;
  const own = service?.dataClasses.find(({ name }) => name === props.dataClass);
  const { recovery } = choices.policy;
  const isLost = !Number.isFinite(store.region.rpoSeconds);
  const owed: OwedToData = Object.fromEntries(
    DATA_DISRUPTIONS.filter(
      (each) => each !== 'region' || !isLost || !copiesWillDo(construct, choices, props, store.family),
    ).map((disruption) => {
      const rto = service?.objectives[disruption].rto ?? recovery[disruption].rto.value;
      const rpo = service ? service.rpo(disruption, own) : recovery[disruption].rpo.value;
      // What can be made again is made again where it was lost.
      const isAway = disruption === 'region' && isLost && rpo === undefined;
      if (isAway) return [disruption, {}];
      return [disruption, { rtoSeconds: rto.toSeconds(), ...(rpo && { rpoSeconds: rpo.toSeconds() }) }];
    }),
  );
  const unkept = storeShortfalls(store, owed, props.dataClass);
  const byDeclaring = unkept.every(({ what, canSeconds }) => {
    const [disruption, kind] = what.split('.') as [DataDisruption, 'rpo' | 'rto'];
    const most = kind === 'rto' ? recovery[disruption].rto.value.toSeconds() : Number.MAX_VALUE;
    return canSeconds <= most;
  });
  return { store, owed, unkept, byDeclaring };
}

/**
 * Says of every store what it does not keep, and how to owe no more than the nearest one keeps.
 *
 * @param what - what was sought: `postgresql and synchronous replication`
 * @internal
 */
export function unkeptMistakes(
  what: string,
  stores: readonly UnkeptBy[],
  data: string | undefined,
): Mistake[] {
  const each = stores.map(({ store, unkept }) => `${store.store}: ${unkept.map(inWords).join(', ')}`);
  const [nearest] = [...stores].sort((a, b) => distance(a) - distance(b));
  const instead = nearest && keptInstead(nearest.store, nearest.owed);
  return [
    {
      problem: `no store for ${what} keeps all that is owed. ${[...new Set(each)].join('; ')}`,
      fix: [
        ...(nearest?.byDeclaring ? [owingLess(nearest, data)] : []),
        ...(instead ? [instead] : []),
        'give a weakening with reason, expires and approver',
      ].join('; or '),
    },
  ];
}

/** By how many promises a store falls short, then by how much; one that only a weakening lets fall short is the furthest. */
function distance({ unkept, byDeclaring }: UnkeptBy): number {
  const most = Math.max(
    ...unkept.map(({ canSeconds, owedSeconds }) => canSeconds / (canSeconds + owedSeconds)),
  );
  return unkept.length + most + (byDeclaring ? 0 : BY_WEAKENING);
}

const BY_WEAKENING = 100;

function inWords({ what, found, owedSeconds }: StoreShortfall): string {
  return `${what} ${found}, owed ${formatSeconds(owedSeconds)}`;
}

function owingLess({ store, unkept }: UnkeptBy, data: string | undefined): string {
  const of = (kind: string) =>
    unkept.flatMap(({ what, canSeconds }) => {
      const [disruption, part] = what.split('.');
      return part === kind ? [{ disruption, can: spanInCode(canSeconds) }] : [];
    });
  const rpo = of('rpo').map(({ disruption, can }) => `${disruption}: ${can}`);
  const rto = of('rto').map(({ disruption, can }) => `${disruption}: { rto: ${can} }`);
  const less = `rpo: { ${rpo.join(', ')} }`;
  const ofClass =
    data === undefined
      ? `name in dataClass a class that the service declares with ${less}`
      : `give the class ${data} of the service ${less}`;
  const steps = [
    ...(rpo.length > 0 ? [ofClass] : []),
    ...(rto.length > 0 ? [`give the objectives of the service ${rto.join(', ')}`] : []),
  ];
  return `${steps.join(' and ')}, which ${store.store} keeps`;
}
