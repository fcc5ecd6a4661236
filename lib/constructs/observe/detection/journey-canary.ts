import type { Bucket } from 'aws-cdk-lib/aws-s3';
import {
  Canary,
  type CfnCanary,
  Code,
  ResourceToReplicateTags,
  Runtime,
  RuntimeFamily,
  Schedule,
  Test,
} from 'aws-cdk-lib/aws-synthetics';
import { Duration, Size, Stack, Token } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { logBucket } from '../../governance/log-bucket';
import { logKeyOf } from '../../governance/log-key';
import type { TierChoices } from '../../governance/tier-choices';
import { regionalName, sharedName } from '../../region/membership';
import { newerThanLinters } from '../new-properties';
import { WALK_JOURNEY } from './handler-bundles';
import { journeyRole } from './journey-role';
import { ANSWER_MILLISECONDS, type JourneyStep, walkedSteps } from './journey-steps';

/** What a canary is made from. @internal */
export interface JourneyCanaryProps {
  readonly steps: readonly JourneyStep[];
  readonly interval: Duration;
  readonly timeout: Duration;

  /** Regions beside its own. */
  readonly locations: readonly string[];
  readonly retries: number;
  readonly artifacts: Bucket;
}

/** Synthetics gives its function a name with it, and a few letters more. */
const LONGEST_NAME = 60;

/**
 * Replicas need 7.0 at least, which the CDK does not name yet.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Synthetics_Canaries_MultiLocation.html
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Synthetics_Library_nodejs_playwright.html
 */
const RUNTIME = new Runtime('syn-nodejs-playwright-8.0', RuntimeFamily.NODEJS);

/** A browser must start as well. @internal */
export const START_SECONDS = 15;

/**
 * Until a run is ended: enough for all steps where the interval is, and over before the next one.
 *
 * @see https://docs.aws.amazon.com/AmazonSynthetics/latest/APIReference/API_CanaryRunConfigInput.html
 * @internal
 */
export function journeyTimeout(interval: Duration, steps: readonly JourneyStep[]): Duration {
  const enough = Math.max(60, Math.ceil(stepSeconds(steps)) + START_SECONDS);
  return Duration.seconds(Math.max(START_SECONDS, Math.min(enough, interval.toSeconds() - 5, 840)));
}

/** What all steps may take together. @internal */
export function stepSeconds(steps: readonly JourneyStep[]): number {
  const milliseconds = steps.map(({ expect }) => expect?.within?.toMilliseconds() ?? ANSWER_MILLISECONDS);
  return milliseconds.reduce((sum, each) => sum + each, 0) / 1_000;
}

/** What the runs leave, for three months. @internal */
export function journeyBucket(scope: Construct, choices: TierChoices): Bucket {
  return logBucket(scope, 'Artifacts', choices, {
    retention: Duration.days(90),
    key: logKeyOf(scope, choices),
    whyOneRegion: 'What a run saw helps to find a cause; the journey of another region has its own.',
    whyNotLogged:
      'The canary alone writes to it, pictures of test runs; a log of accesses would need another bucket.',
  });
}

/** @internal */
export function journeyCanary(scope: Construct, props: JourneyCanaryProps): Canary {
  const { steps, interval, timeout, locations, retries, artifacts } = props;
  const { region } = Stack.of(scope);
  // In each region of its replicas the name must be free.
  const canaryName = Token.isUnresolved(region)
    ? sharedName(scope, LONGEST_NAME)
    : regionalName(scope, region, LONGEST_NAME);
  const key = artifacts.encryptionKey;
  const canary = new Canary(scope, 'Canary', {
    canaryName,
    runtime: RUNTIME,
    test: Test.custom({ code: Code.fromInline(WALK_JOURNEY), handler: 'index.handler' }),
    environmentVariables: { STEPS: Stack.of(scope).toJsonString(walkedSteps(steps)) },
    schedule: Schedule.rate(interval),
    timeout,
    maxRetries: retries,
    memory: Size.mebibytes(1_024),
    role: journeyRole(scope, canaryName, artifacts),
    artifactsBucketLocation: { bucket: artifacts },
    failureRetentionPeriod: Duration.days(90),
    successRetentionPeriod: Duration.days(31),
    provisionedResourceCleanup: true,
    dryRunAndUpdate: true,
    resourcesToReplicateTags: [ResourceToReplicateTags.LAMBDA_FUNCTION],
  });
  const resource = canary.node.defaultChild as CfnCanary;
  // As a property of the construct it would let the role do more with the key than it must.
  if (key) resource.artifactConfig = { s3Encryption: { encryptionMode: 'SSE_KMS', kmsKeyArn: key.keyArn } };
  if (locations.length > 0) {
    resource.replicas = locations.map((location) => ({ location }));
    newerThanLinters(resource);
  }
  return canary;
}
