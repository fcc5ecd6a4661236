import type { IAlarm } from 'aws-cdk-lib/aws-cloudwatch';
import { Stack } from 'aws-cdk-lib/core';
import type { IConstruct } from 'constructs';
import { DependencyKind } from '../../../objectives/dependency';
import type { Service } from '../../../objectives/service';
import { ServiceScope } from '../../governance/service-scope';
import { ThirdPartyDependency } from '../detection/third-party-dependency';
import type { AlarmTreeProps, UpstreamAlarm } from './alarm-tree-props';
import { leavesOf } from './causes-of';

/** The third parties that a service cannot do without. @internal */
export interface HardThirdParties {
  /**
   * The alarms of those that the stack watches: who is called for them need not be called for their symptoms. None that the tree has
   * already, as what is cause and symptom of itself tells nobody.
   */
  readonly watched: readonly UpstreamAlarm[];

  /** The names of those that nothing in the stack watches. */
  readonly unwatched: readonly string[];
}

/** @internal */
export function hardThirdParties(
  tree: IConstruct,
  props: AlarmTreeProps,
  service: Service | undefined,
): HardThirdParties {
  const hard = (service?.thirdParties ?? [])
    .filter(({ kind }) => kind === DependencyKind.HARD)
    .map(({ name }) => name);
  const there = Stack.of(tree)
    .node.findAll()
    .filter((each): each is ThirdPartyDependency => each instanceof ThirdPartyDependency)
    .filter((each) => hard.includes(each.thirdParty.name) && ServiceScope.of(each)?.service === service);
  const given = new Set((props.upstream ?? []).map((each) => each.service));
  const used = alarmsIn(props);
  return {
    watched: there
      .filter(({ thirdParty }) => !given.has(thirdParty.name))
      .filter(({ alarm, says, measures }) => ![alarm, says, measures].some((each) => used.has(each)))
      .map(({ thirdParty, alarm }) => ({ service: thirdParty.name, alarm })),
    unwatched: hard.filter(
      (name) => !given.has(name) && !there.some(({ thirdParty }) => thirdParty.name === name),
    ),
  };
}

function alarmsIn({ components, symptoms = [], upstream = [] }: AlarmTreeProps): ReadonlySet<IAlarm> {
  return new Set([...symptoms, ...upstream.map(({ alarm }) => alarm), ...components.flatMap(leavesOf)]);
}
