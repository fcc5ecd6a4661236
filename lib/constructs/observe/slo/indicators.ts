import type { IRestApi } from 'aws-cdk-lib/aws-apigateway';
import type { IHttpApi } from 'aws-cdk-lib/aws-apigatewayv2';
import { Metric, Stats } from 'aws-cdk-lib/aws-cloudwatch';
import {
  HttpCodeElb,
  HttpCodeTarget,
  type IApplicationLoadBalancer,
} from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { CfnCanary, type ICanary } from 'aws-cdk-lib/aws-synthetics';
import { type Duration, Stack } from 'aws-cdk-lib/core';
import { type Indicator, IndicatorKind } from './indicator';
import { checkMetricsHere, checkNamed } from './metrics-here';

const SUM = { statistic: Stats.SUM };

/**
 * Requests to a load balancer that neither it nor its targets fail.
 *
 * @throws ConfigurationError for one of another region or account, whose metrics are there
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-cloudwatch-metrics.html
 */
export function loadBalancerAvailability(balancer: IApplicationLoadBalancer): Indicator {
  checkMetricsHere(balancer, balancer.loadBalancerArn);
  const { metrics } = balancer;
  return {
    kind: IndicatorKind.AVAILABILITY,
    good: 'requests that the load balancer and its targets answer without a 5xx',
    metrics: {
      own: metrics.httpCodeElb(HttpCodeElb.ELB_5XX_COUNT, SUM),
      theirs: metrics.httpCodeTarget(HttpCodeTarget.TARGET_5XX_COUNT, SUM),
      requests: metrics.requestCount(SUM),
    },
    // RequestCount leaves out what no target was there for: without it the loss of all targets would be no failure.
    total: 'FILL(requests, 0) + FILL(own, 0)',
    bad: 'FILL(own, 0) + FILL(theirs, 0)',
  };
}

/**
 * Requests to a load balancer whose targets answer within a time.
 *
 * @throws ConfigurationError for one of another region or account, whose metrics are there
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Statistics-definitions.html
 */
export function loadBalancerLatency(balancer: IApplicationLoadBalancer, within: Duration): Indicator {
  checkMetricsHere(balancer, balancer.loadBalancerArn);
  const { metrics } = balancer;
  // Most are of less than a second.
  const seconds = within.toMilliseconds() / 1_000;
  return answeredWithin(
    metrics.requestCount(SUM),
    metrics.targetResponseTime({ statistic: Stats.percentileRank(0, seconds) }),
    seconds,
  );
}

/**
 * Requests to a REST API that are answered without a 5xx. One that is imported must be imported with its name.
 *
 * @throws ConfigurationError for one that is imported without its name
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-metrics-and-dimensions.html
 */
export function restApiAvailability(api: IRestApi): Indicator {
  checkNamed(api);
  return withoutServerErrors(
    restApiMetric(api, '5XXError', Stats.SUM),
    restApiMetric(api, 'Count', Stats.SAMPLE_COUNT),
  );
}

/**
 * Requests to a REST API that are answered within a time, the time of the gateway counted in.
 *
 * @throws ConfigurationError for one that is imported without its name
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-metrics-and-dimensions.html
 */
export function restApiLatency(api: IRestApi, within: Duration): Indicator {
  checkNamed(api);
  const milliseconds = within.toMilliseconds();
  return answeredWithin(
    restApiMetric(api, 'Count', Stats.SAMPLE_COUNT),
    restApiMetric(api, 'Latency', Stats.percentileRank(0, milliseconds)),
    milliseconds / 1_000,
  );
}

/** An API that is imported has no methods for its metrics, and must be imported with its name. */
function restApiMetric(api: IRestApi, metricName: string, statistic: string): Metric {
  const dimensionsMap = { ApiName: api.restApiName };
  return new Metric({ namespace: 'AWS/ApiGateway', metricName, statistic, dimensionsMap }).attachTo(api);
}

/**
 * Requests to an HTTP API that are answered without a 5xx.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-metrics.html
 */
export function httpApiAvailability(api: IHttpApi): Indicator {
  return withoutServerErrors(api.metricServerError(SUM), api.metricCount({ statistic: Stats.SAMPLE_COUNT }));
}

/**
 * Requests to an HTTP API that are answered within a time, the time of the gateway counted in.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-metrics.html
 */
export function httpApiLatency(api: IHttpApi, within: Duration): Indicator {
  const milliseconds = within.toMilliseconds();
  const latency = api.metricLatency({ statistic: Stats.percentileRank(0, milliseconds) });
  return answeredWithin(api.metricCount({ statistic: Stats.SAMPLE_COUNT }), latency, milliseconds / 1_000);
}

/**
 * Calls of a function that neither fail nor are refused for want of concurrency.
 *
 * @throws ConfigurationError for one of another region or account, whose metrics are there
 * @see https://docs.aws.amazon.com/lambda/latest/dg/monitoring-metrics-types.html
 */
export function functionAvailability(handler: IFunction): Indicator {
  checkMetricsHere(handler, handler.functionArn);
  return {
    kind: IndicatorKind.AVAILABILITY,
    good: 'calls of the function that neither fail nor are throttled',
    metrics: {
      errors: handler.metricErrors(SUM),
      throttles: handler.metricThrottles(SUM),
      calls: handler.metricInvocations(SUM),
    },
    // Throttled calls are no Invocations.
    total: 'FILL(calls, 0) + FILL(throttles, 0)',
    bad: 'FILL(errors, 0) + FILL(throttles, 0)',
  };
}

/**
 * Calls of a function that end within a time, failed ones too. The time that a cold start takes before the handler is not in it.
 *
 * @throws ConfigurationError for one of another region or account, whose metrics are there
 * @see https://docs.aws.amazon.com/lambda/latest/dg/monitoring-metrics-types.html
 */
export function functionLatency(handler: IFunction, within: Duration): Indicator {
  checkMetricsHere(handler, handler.functionArn);
  return endsWithin('calls of the function', (statistic) => handler.metricDuration({ statistic }), within);
}

/**
 * Runs of a canary that succeed. How often it runs is read from its schedule; of an imported one say `eventsPerHour`. A run that times
 * out publishes nothing, and is counted nowhere: where all do, the alarm on silence tells.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Synthetics_Canaries_metrics.html
 */
export function journeyAvailability(canary: ICanary): Indicator {
  return {
    kind: IndicatorKind.AVAILABILITY,
    good: 'runs of the canary that succeed',
    metrics: {
      runs: canaryMetric(canary, 'SuccessPercent', Stats.SAMPLE_COUNT),
      succeeded: canaryMetric(canary, 'SuccessPercent', Stats.AVERAGE),
    },
    total: 'FILL(runs, 0)',
    // Whole runs: of 5 in 6 that succeed the share has a tail by which two bad ones would be less than two.
    bad: 'FLOOR(FILL(runs, 0) * (100 - FILL(succeeded, 100)) / 100 + 0.5)',
    failsSilently: true,
    ...runsOf(canary),
  };
}

/**
 * Runs of a canary that end within a time, failed ones too.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Synthetics_Canaries_metrics.html
 */
export function journeyLatency(canary: ICanary, within: Duration): Indicator {
  const lasted = (statistic: string) => canaryMetric(canary, 'Duration', statistic);
  return { ...endsWithin('runs of the canary', lasted, within), ...runsOf(canary) };
}

/** A canary that is imported, or runs by a calendar, does not say how often it runs. */
function runsOf({ node }: ICanary): Pick<Indicator, 'eventsPerHour'> {
  const resource = node.defaultChild;
  if (!(resource instanceof CfnCanary)) return {};
  const schedule: unknown = Stack.of(resource).resolve(resource.schedule);
  const { expression } = schedule as { readonly expression?: unknown };
  const [, count, unit] = /^rate\((\d+) (minute|hour)s?\)$/.exec(String(expression)) ?? [];
  const minutes = Number(count) * (unit === 'hour' ? 60 : 1);
  return minutes > 0 ? { eventsPerHour: 60 / minutes } : {};
}

/** A canary that is imported has no methods for its metrics. */
function canaryMetric(canary: ICanary, metricName: string, statistic: string): Metric {
  const dimensionsMap = { CanaryName: canary.canaryName };
  return new Metric({ namespace: 'CloudWatchSynthetics', metricName, statistic, dimensionsMap }).attachTo(
    canary,
  );
}

function withoutServerErrors(errors: Metric, requests: Metric): Indicator {
  return {
    kind: IndicatorKind.AVAILABILITY,
    good: 'requests that are answered without a 5xx',
    metrics: { errors, requests },
    total: 'FILL(requests, 0)',
    bad: 'FILL(errors, 0)',
  };
}

/**
 * Requests that are answered within a time; `share` is the percentile rank: the percentage of requests up to the threshold.
 *
 * @internal
 */
export function answeredWithin(requests: Metric, share: Metric, seconds: number): Indicator {
  return {
    kind: IndicatorKind.LATENCY,
    good: `requests that are answered within ${seconds} s`,
    metrics: { requests, share },
    total: 'FILL(requests, 0)',
    bad: 'FILL(requests, 0) * (100 - FILL(share, 100)) / 100',
  };
}

/**
 * What ends within a time, of a metric of milliseconds. Counted whole: where few end, a share has a tail by which two late ones would
 * be less than two.
 *
 * @internal
 */
export function endsWithin(what: string, lasted: (statistic: string) => Metric, within: Duration): Indicator {
  const milliseconds = within.toMilliseconds();
  const rank = lasted(Stats.percentileRank(0, milliseconds));
  const seconds = milliseconds / 1_000;
  const answered = answeredWithin(lasted(Stats.SAMPLE_COUNT), rank, seconds);
  return {
    ...answered,
    good: `${what} that end within ${seconds} s`,
    bad: `FLOOR(${answered.bad} + 0.5)`,
  };
}
