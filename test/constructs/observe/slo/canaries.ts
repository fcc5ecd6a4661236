import { Canary, Code, Runtime, Schedule, Test } from 'aws-cdk-lib/aws-synthetics';
import { Duration } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';

/** A canary that runs each so many minutes. */
export function canaryIn(scope: Construct, minutes: number) {
  return new Canary(scope, 'Canary', {
    canaryName: 'walk',
    schedule: Schedule.rate(Duration.minutes(minutes)),
    runtime: Runtime.SYNTHETICS_NODEJS_PUPPETEER_9_1,
    test: Test.custom({
      code: Code.fromInline('exports.handler = async () => {};'),
      handler: 'index.handler',
    }),
  });
}

/** Its metric. */
export const WALKED = {
  namespace: 'CloudWatchSynthetics',
  name: 'SuccessPercent',
  dimensions: { CanaryName: 'walk' },
};
