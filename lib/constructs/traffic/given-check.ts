import { CfnHealthCheck, type IHealthCheckRef } from 'aws-cdk-lib/aws-route53';
import { Stack, Token } from 'aws-cdk-lib/core';
import { AWS_FACTS } from '../../calculus/aws-facts';
import type { HealthCheckDetection } from '../../calculus/failover-time';
import { type Mistake, quoted } from '../../objectives/mistakes';

/** What a check says of itself, as it is resolved. */
interface CheckConfig {
  readonly type?: string;
  readonly disabled?: boolean;
  readonly inverted?: boolean;
  readonly requestInterval?: number;
  readonly failureThreshold?: number;
  readonly healthThreshold?: number;
  readonly insufficientDataHealthStatus?: string;
  readonly regions?: readonly string[];
  readonly searchString?: string;
}

/** What makes a check of the user's own useless for a failover. One of another app says nothing of itself. @internal */
export function givenCheckMistakes(check: IHealthCheckRef): Mistake[] {
  const { path } = check.node;
  const config = configOf(check);
  if (!config) return [];
  return [...turnMistakes(path, config, isExplained(check)), ...paceMistakes(path, config)];
}

/** The type of a check of this app: `CLOUDWATCH_METRIC`. @internal */
export function givenCheckType(check: IHealthCheckRef): string | undefined {
  return configOf(check)?.type;
}

/** How soon a check of an endpoint turns; `undefined` where that is not known. @internal */
export function givenCheckDetection(check: IHealthCheckRef): HealthCheckDetection | undefined {
  const { type, requestInterval, failureThreshold } = configOf(check) ?? {};
  if (type === undefined || !ENDPOINT_TYPES.includes(type)) return undefined;
  return {
    kind: 'health-check',
    intervalSeconds: requestInterval ?? AWS_FACTS.route53DefaultHealthCheckIntervalSeconds.value,
    failureThreshold: failureThreshold ?? AWS_FACTS.route53DefaultFailureThreshold.value,
  };
}

const ENDPOINT_TYPES = ['HTTP', 'HTTPS', 'HTTP_STR_MATCH', 'HTTPS_STR_MATCH', 'TCP'];

function turnMistakes(path: string, config: CheckConfig, explained: boolean): Mistake[] {
  const mistakes: Mistake[] = [];
  if (config.disabled === true) {
    mistakes.push({
      problem: `${path} is disabled, so it is always healthy`,
      fix: 'enable it, or leave it out',
    });
  }
  if (config.inverted === true && !explained) {
    mistakes.push({
      problem: `${path} is inverted: it is healthy while its endpoint is not`,
      fix: "leave inverted out, or say why in its Metadata: addMetadata('cdk-nines', { invertedBecause: … })",
    });
  }
  if (config.insufficientDataHealthStatus === 'Healthy') {
    mistakes.push({
      problem: `${path} is healthy while its alarm has no data`,
      fix: 'use LAST_KNOWN_STATUS or UNHEALTHY',
    });
  }
  if (config.type === 'CALCULATED' && config.healthThreshold === 0) {
    mistakes.push({
      problem: `${path} has a healthThreshold of 0, so it is always healthy`,
      fix: 'set healthThreshold to 1 or more',
    });
  }
  return mistakes;
}

function paceMistakes(path: string, config: CheckConfig): Mistake[] {
  const { requestInterval, failureThreshold, regions, type = '', searchString } = config;
  const intervals: readonly number[] = AWS_FACTS.route53HealthCheckIntervalsSeconds.value;
  const { least, most } = AWS_FACTS.route53FailureThresholdRange.value;
  const checkers = AWS_FACTS.route53MinimumCheckerRegions.value;
  const mistakes: Mistake[] = [];
  if (isNumber(requestInterval) && !intervals.includes(requestInterval)) {
    mistakes.push({
      problem: `${path} checks every ${requestInterval} s, but Route 53 checks every ${intervals.join(' s or ')} s`,
      fix: `set requestInterval to ${intervals.join(' s or ')} s`,
    });
  }
  if (isNumber(failureThreshold) && !(failureThreshold >= least && failureThreshold <= most)) {
    mistakes.push({
      problem: `${path} has a failureThreshold of ${failureThreshold}, but Route 53 takes ${least} to ${most}`,
      fix: `set failureThreshold to a whole number from ${least} to ${most}`,
    });
  }
  if (Array.isArray(regions) && new Set(regions).size < checkers) {
    mistakes.push({
      problem: `${path} checks from ${new Set(regions).size} regions, but Route 53 needs ${checkers}`,
      fix: `name ${checkers} regions or more, or leave regions out`,
    });
  }
  if (type.endsWith('_STR_MATCH') && !searchString) {
    mistakes.push({
      problem: `${path} looks for ${quoted(searchString ?? '')} in the answer`,
      fix: 'set searchString',
    });
  }
  return mistakes;
}

function isNumber(value: unknown): value is number {
  return typeof value === 'number' && !Token.isUnresolved(value);
}

function templateOf(check: IHealthCheckRef): CfnHealthCheck | undefined {
  return [check, check.node.defaultChild].find((each) => each instanceof CfnHealthCheck);
}

function configOf(check: IHealthCheckRef): CheckConfig | undefined {
  const found = templateOf(check);
  return found && (Stack.of(found).resolve(found.healthCheckConfig) as CheckConfig);
}

/** The marker that the audit reads as well. */
function isExplained(check: IHealthCheckRef): boolean {
  const said = templateOf(check)?.getMetadata('cdk-nines') as { invertedBecause?: string } | undefined;
  return (said?.invertedBecause ?? '').trim() !== '';
}
