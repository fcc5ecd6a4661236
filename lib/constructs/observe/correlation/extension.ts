import type { IAlarm } from 'aws-cdk-lib/aws-cloudwatch';
import { Duration } from 'aws-cdk-lib/core';
import { formatSeconds } from '../../../calculus/time-span';
import { DETECTION_SHARE, detectionSeconds } from '../../../objectives/detection';
import { OWN_DECISION } from '../../../objectives/policy/sources';
import type { Service } from '../../../objectives/service';
import type { TierChoices } from '../../governance/tier-choices';
import { clearingSeconds } from './clearing-time';

/** What needs something that is back takes some minutes to follow: it reconnects, and works off what waits. An own decision. */
const FOLLOWS = 180;

/** What an alarm is reckoned with that the app does not show: it looks each minute. An own decision. */
const ELSEWHERE = 120;

const WHAT = 'suppressorExtension';

/** For whom alarms are silent, and what was decided. @internal */
export interface ExtensionChoice {
  readonly service: Service | undefined;

  /** @default - as long as it takes */
  readonly chosen?: Duration | undefined;

  /** The alarm it is of, where a construct has several. @default - the construct */
  readonly of?: string;
}

/**
 * How long alarms stay silent after their causes are over: until what follows is well again, and the slowest of them sees it;
 * no longer than the tier lets a new outage go unheard.
 *
 * @internal
 */
export function chosenExtension(
  choices: TierChoices,
  alarms: readonly IAlarm[],
  { service, chosen, of }: ExtensionChoice,
): Duration {
  const what = of === undefined ? WHAT : `${of}.${WHAT}`;
  const found = detectionSeconds(choices.tier, service);
  const most = Duration.seconds(wholeMinutes(found));
  const within = `half of the ${formatSeconds(found / DETECTION_SHARE)} in which it must be back in another region: meanwhile a new outage is not told`;
  if (chosen)
    return choices.shortest({
      what,
      owed: { value: most, because: within, source: OWN_DECISION },
      chosen,
    });
  const slowest = slowestOf(alarms);
  const held = slowest.seconds > most.toSeconds();
  const extension = held ? most : Duration.seconds(slowest.seconds);
  choices.record({
    what,
    value: formatSeconds(extension.toSeconds()),
    because: held ? `${within}, though ${slowest.because}` : slowest.because,
    source: OWN_DECISION,
  });
  return extension;
}

/** As CloudWatch shows it to people: to the minute, from a minute on. @internal */
export function wholeMinutes(seconds: number): number {
  return seconds < 60 ? Math.floor(seconds) : Math.floor(seconds / 60) * 60;
}

function slowestOf(alarms: readonly IAlarm[]): { readonly seconds: number; readonly because: string } {
  const [slowest] = alarms
    .map((alarm) => ({ alarm, clears: clearingSeconds(alarm) }))
    .sort((one, other) => (other.clears ?? ELSEWHERE) - (one.clears ?? ELSEWHERE));
  const seconds = slowest?.clears ?? ELSEWHERE;
  const [which, fires] =
    slowest?.clears === undefined
      ? ['an alarm of which the app does not show it', 'is taken to fire']
      : [`${slowest.alarm.node.path}, the slowest,`, 'may fire'];
  return {
    seconds: seconds + FOLLOWS,
    because: `what needs something that is back follows within ${formatSeconds(FOLLOWS)}, and then ${which} ${fires} for another ${formatSeconds(seconds)}`,
  };
}
