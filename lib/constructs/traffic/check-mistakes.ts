import { type Duration, Token } from 'aws-cdk-lib/core';
import { AWS_FACTS } from '../../calculus/aws-facts';
import { type Mistake, quoted } from '../../objectives/mistakes';
import { notATime, writtenTime } from '../governance/left-open';
import { alarmMistakes } from './alarm-facts';
import type { DnsEntryProps } from './dns-entry-props';
import { givenCheckMistakes } from './given-check';

/** Everything that Route 53 does not offer, or that makes a check useless. @internal */
export function checkMistakes(props: DnsEntryProps): Mistake[] {
  return [
    ...paceMistakes(props),
    ...checkerMistakes(props.checkerRegions),
    ...searchMistakes(props.healthCheckSearchString),
    ...(props.alarm ? alarmMistakes(props.alarm) : []),
    ...(props.healthChecks ?? []).flatMap(givenCheckMistakes),
    ...thresholdMistakes(props),
    ...switchMistakes(props),
  ];
}

/** A time that is known at deployment only adds up to nothing, and AWS counts in whole seconds. @internal */
export function openTimeMistakes(times: Readonly<Record<string, Duration | undefined>>): Mistake[] {
  return Object.entries(times).flatMap(([what, span]) => {
    if (!span) return [];
    const strange = notATime(what, span);
    if (strange.length > 0) return strange;
    if (span.isUnresolved()) {
      return [{ problem: `${what} is known at deployment only`, fix: writtenTime(what) }];
    }
    const seconds = span.toSeconds({ integral: false });
    if (Number.isInteger(seconds)) return [];
    return [{ problem: `${what} is ${seconds} s`, fix: `give ${what} in whole seconds` }];
  });
}

function paceMistakes(props: DnsEntryProps): Mistake[] {
  const { route53HealthCheckIntervalsSeconds, route53FailureThresholdRange } = AWS_FACTS;
  const { ttl, failoverBudget, approval, healthCheckInterval } = props;
  const mistakes = openTimeMistakes({ ttl, failoverBudget, approval, healthCheckInterval });
  const intervals: readonly number[] = route53HealthCheckIntervalsSeconds.value;
  if (healthCheckInterval && !healthCheckInterval.isUnresolved()) {
    const interval = healthCheckInterval.toSeconds({ integral: false });
    if (Number.isInteger(interval) && !intervals.includes(interval)) {
      mistakes.push({
        problem: `healthCheckInterval is ${interval} s, but Route 53 checks every ${intervals.join(' s or ')} s`,
        fix: `set healthCheckInterval to ${intervals.join(' s or ')} s`,
      });
    }
  }
  const { least, most } = route53FailureThresholdRange.value;
  const threshold = props.healthCheckFailureThreshold ?? least;
  if (!(Number.isInteger(threshold) && threshold >= least && threshold <= most)) {
    mistakes.push({
      problem: `healthCheckFailureThreshold is ${threshold}, but Route 53 takes ${least} to ${most}`,
      fix: `set healthCheckFailureThreshold to a whole number from ${least} to ${most}`,
    });
  }
  return mistakes;
}

function checkerMistakes(regions: string[] | undefined): Mistake[] {
  if (regions === undefined || Token.isUnresolved(regions)) return [];
  const { route53CheckerRegions, route53MinimumCheckerRegions } = AWS_FACTS;
  const known: readonly string[] = route53CheckerRegions.value;
  const least = route53MinimumCheckerRegions.value;
  const mistakes: Mistake[] = [];
  const strange = regions.filter((region) => !known.includes(region));
  if (strange.length > 0) {
    mistakes.push({
      problem: `Route 53 does not check from ${strange.map(quoted).join(', ')}`,
      fix: `choose from ${known.join(', ')}`,
    });
  }
  if (new Set(regions).size < least) {
    mistakes.push({
      problem: `there are ${new Set(regions).size} checker regions, but Route 53 needs ${least}`,
      fix: `name ${least} regions or more, or leave checkerRegions out`,
    });
  }
  return mistakes;
}

/** @see https://docs.aws.amazon.com/Route53/latest/APIReference/API_HealthCheckConfig.html */
function searchMistakes(text: string | undefined): Mistake[] {
  if (text === undefined || Token.isUnresolved(text)) return [];
  if (text.length >= 1 && text.length <= LONGEST_SEARCH) return [];
  return [
    {
      problem: `healthCheckSearchString has ${text.length} characters, but Route 53 looks for 1 to ${LONGEST_SEARCH}`,
      fix: 'name a short text that only a working application answers',
    },
  ];
}

function thresholdMistakes({ alarm, healthChecks = [], healthThreshold }: DnsEntryProps): Mistake[] {
  const count = 1 + (alarm ? 1 : 0) + healthChecks.length;
  const mistakes: Mistake[] = [];
  const most = AWS_FACTS.route53MaximumChildHealthChecks.value;
  if (count > most) {
    mistakes.push({
      problem: `${count} checks are joined, but Route 53 joins ${most} at most`,
      fix: 'join some of them in calculated checks of their own',
    });
  }
  if (healthThreshold === undefined || Token.isUnresolved(healthThreshold)) return mistakes;
  if (Number.isInteger(healthThreshold) && healthThreshold >= 1 && healthThreshold <= count) return mistakes;
  return [
    ...mistakes,
    {
      problem: `healthThreshold is ${healthThreshold}, but there ${count === 1 ? 'is 1 check' : `are ${count} checks`}`,
      fix: `set healthThreshold to a whole number from 1 to ${count}, or leave it out`,
    },
  ];
}

/** What checks an endpoint says nothing where people or a plan decide. */
function switchMistakes(props: DnsEntryProps): Mistake[] {
  if (!props.switchedBy) return [];
  const idle = OWN_HEALTH.filter((name) => props[name] !== undefined);
  const mistakes = givenCheckMistakes(props.switchedBy);
  if (idle.length > 0) {
    mistakes.push({
      problem: `the record follows switchedBy alone, so ${idle.join(', ')} would move nothing`,
      fix: `leave ${idle.join(', ')} out, or put the switch into healthChecks`,
    });
  }
  if (props.approval === undefined) {
    mistakes.push({
      problem: 'nobody says how long it takes until switchedBy is turned',
      fix: 'set approval to the time that people or the plan need for it',
    });
  }
  return mistakes;
}

const OWN_HEALTH = [
  'alarm',
  'healthChecks',
  'healthThreshold',
  'healthCheckPath',
  'healthCheckHost',
  'healthCheckPort',
  'healthCheckSearchString',
  'healthCheckInterval',
  'healthCheckFailureThreshold',
  'checkerRegions',
  'https',
] as const;

const LONGEST_SEARCH = 255;
