import type { IAlarm } from 'aws-cdk-lib/aws-cloudwatch';
import { Annotations, Duration } from 'aws-cdk-lib/core';
import type { IConstruct } from 'constructs';
import { formatSeconds } from '../../../calculus/time-span';
import { DETECTION_SHARE, detectionSeconds } from '../../../objectives/detection';
import { refuse } from '../../../objectives/mistakes';
import { OWN_DECISION } from '../../../objectives/policy/sources';
import type { Service } from '../../../objectives/service';
import type { TierChoices } from '../../governance/tier-choices';
import type { AlarmComponent, AlarmTreeProps } from './alarm-tree-props';
import { causesOf, leavesOf } from './causes-of';
import { wholeMinutes } from './extension';
import { latestSeconds, soonestSeconds } from './firing-time';

const SUPPRESSION = 'https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarm-suppression.html';

/** A cause is often seen a minute after its symptom. An own decision. */
const LEAST = 120;
const WHAT = 'suppressorWait';

type Watched = Pick<AlarmTreeProps, 'components' | 'symptoms' | 'upstream'>;

/** A cause that fires later than its symptom. */
interface Late {
  readonly cause: IAlarm;
  readonly symptom: IAlarm;

  /** Seconds that the symptom has to wait for it. */
  readonly needed: number;
}

/**
 * How long the alarms of a tree wait for their causes before they tell: as long as the slowest of these needs beyond the fastest of
 * its symptoms, and no longer than the tier lets an outage go unheard.
 *
 * @throws ConfigurationError where the time that is given is too short for that, or longer without a weakening
 * @internal
 */
export function chosenWait(
  tree: IConstruct,
  choices: TierChoices,
  {
    chosen,
    service,
    ...watched
  }: Watched & { readonly chosen?: Duration | undefined; readonly service: Service | undefined },
): Duration {
  const found = detectionSeconds(choices.tier, service);
  const most = wholeMinutes(found);
  const within = `half of the ${formatSeconds(found / DETECTION_SHARE)} in which it must be back in another region: meanwhile an outage is not told`;
  const late = latest(watched);
  const needed = Math.max(LEAST, late?.needed ?? 0);
  const wait = chosen
    ? given(tree, choices, {
        chosen,
        late,
        owed: { value: Duration.seconds(most), because: within, source: OWN_DECISION },
      })
    : Duration.seconds(Math.min(needed, most));
  if (late && late.needed > wait.toSeconds()) warn(tree, late, wait);
  if (!chosen)
    choices.record({
      what: WHAT,
      value: formatSeconds(wait.toSeconds()),
      because: [
        ...(needed > most ? [within] : []),
        late && late.needed > LEAST ? inWords(late) : 'a cause is often seen a minute after its symptom',
      ].join(', though '),
      source: SUPPRESSION,
    });
  return wait;
}

interface Given {
  readonly chosen: Duration;
  readonly late: Late | undefined;
  readonly owed: Parameters<TierChoices['shortest']>[0]['owed'];
}

function given(tree: IConstruct, choices: TierChoices, { chosen, late, owed }: Given): Duration {
  const wait = choices.shortest({ what: WHAT, owed, chosen });
  const needed = Math.min(late?.needed ?? 0, owed.value.toSeconds());
  if (late && wait.toSeconds() < needed)
    refuse(tree.node.path, [
      {
        problem: `${WHAT} is ${formatSeconds(wait.toSeconds())}, and ${formatSeconds(needed)} are needed: ${inWords(late)}`,
        fix: `leave ${WHAT} out, or give ${late.cause.node.path} shorter or fewer periods`,
      },
    ]);
  return wait;
}

function warn(tree: IConstruct, late: Late, wait: Duration): void {
  Annotations.of(tree).addWarningV2(
    'cdk-nines:late-cause',
    `${inWords(late)}: the wait would be ${formatSeconds(late.needed)}, and may be ${formatSeconds(wait.toSeconds())}, so both may call people. To be called once, give ${late.cause.node.path} shorter or fewer periods.`,
  );
}

function inWords({ cause, symptom }: Late): string {
  const [last, first] = [latestSeconds(cause) ?? 0, soonestSeconds(symptom) ?? 0];
  return `${cause.node.path}, a cause, fires after ${formatSeconds(last)} at the latest, and ${symptom.node.path}, its symptom, after ${formatSeconds(first)} at the soonest`;
}

/** Of all symptoms and their causes those of which the times lie furthest apart, where they are known. */
function latest(watched: Watched): Late | undefined {
  return silenced(watched)
    .flatMap(({ symptoms, causes }) =>
      symptoms.flatMap((symptom) => causes.flatMap((cause) => lateness(cause, symptom))),
    )
    .sort((one, other) => other.needed - one.needed)[0];
}

function lateness(cause: IAlarm, symptom: IAlarm): Late[] {
  const [last, first] = [latestSeconds(cause), soonestSeconds(symptom)];
  return last === undefined || first === undefined ? [] : [{ cause, symptom, needed: last - first }];
}

/** What is silent while something else fires. */
interface Silenced {
  readonly symptoms: readonly IAlarm[];
  readonly causes: readonly IAlarm[];
}

function silenced({ components, symptoms = [], upstream = [] }: Watched): readonly Silenced[] {
  const theirs = (needed: readonly string[]) =>
    upstream.filter(({ service }) => needed.includes(service)).map(({ alarm }) => alarm);
  const all = { symptoms, causes: [...components.flatMap(leavesOf), ...upstream.map(({ alarm }) => alarm)] };
  const zones = zonesOf(components);
  const parts = components.map((component): Silenced => {
    const needed = causesOf(component.name, components);
    const causes = components.filter(({ name }) => needed.includes(name)).flatMap(leavesOf);
    return { symptoms: leavesOf(component), causes: [...causes, ...theirs(needed)] };
  });
  // A component is silent while a zone of it fires, and a zone while others do.
  const inZones = components.flatMap(({ alarms = [], zones: own = [] }) =>
    own.map(({ zone }): Silenced => ({ symptoms: alarms, causes: zones.get(zone) ?? [] })),
  );
  const beside = [...zones].map(([zone, of]): Silenced => {
    const others = [...zones].filter(([name]) => name !== zone).flatMap(([, alarms]) => alarms);
    return { symptoms: of, causes: others };
  });
  return [...parts, ...inZones, ...beside, all];
}

function zonesOf(components: readonly AlarmComponent[]): ReadonlyMap<string, readonly IAlarm[]> {
  const zones = new Map<string, IAlarm[]>();
  for (const { zone, alarms } of components.flatMap((each) => each.zones ?? []))
    zones.set(zone, [...(zones.get(zone) ?? []), ...alarms]);
  return zones;
}
