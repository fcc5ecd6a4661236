import { Certificate, type ICertificate } from 'aws-cdk-lib/aws-certificatemanager';
import { Code, Runtime } from 'aws-cdk-lib/aws-lambda';
import { Duration } from 'aws-cdk-lib/core';
import fc from 'fast-check';
import { StatelessFunction } from '../../lib/constructs/compute/stateless-function';
import { ServiceScope } from '../../lib/constructs/governance/service-scope';
import { BackupStrategy } from '../../lib/constructs/recovery/backup-strategy';
import { REBUILDABLE_TAG } from '../../lib/constructs/recovery/data-class-tag';
import { RestoreTesting } from '../../lib/constructs/recovery/restore-testing';
import { keptTypes } from '../../lib/constructs/recovery/restore-testing-mistakes';
import { resourcesToBeTagged } from '../../lib/constructs/recovery/tagged-resources';
import type { RegionStack } from '../../lib/constructs/region/region-stack';
import { WEAKENING } from '../constructs/fixtures';

/** A certificate of the region of a stack. */
export function certificateIn(stack: RegionStack): ICertificate {
  const arn = `arn:aws:acm:${stack.region}:${stack.account}:certificate/0f4c7b52-8d1e-4a55-9a6a-1f6f3a0c2b11`;
  return Certificate.fromCertificateArn(stack, 'Certificate', arn);
}

/** The backups of what is in a stack, and their tests, whatever they may lose: that is not asked here. */
export function addBackups(stack: RegionStack): void {
  const service = ServiceScope.of(stack)?.service.name ?? '';
  const filter = { has: { 'resilience:service': service }, hasNot: [[REBUILDABLE_TAG, 'true'] as const] };
  const backsUp = resourcesToBeTagged(stack, filter).length > 0;
  new BackupStrategy(stack, 'Backup', { weakening: WEAKENING, backsUp });
  if (keptTypes(stack, service).length > 0) new RestoreTesting(stack, 'RestoreTests', { restores: true });
}

/** A time between two numbers of seconds. */
export function seconds(min: number, max: number): fc.Arbitrary<Duration> {
  return fc.integer({ min, max }).map((each) => Duration.seconds(each));
}

/** Up to three of the options, none of which has to be there: of many at once one is nearly always refused. */
export function anyOf<T extends object>(
  options: {
    [K in keyof T]: fc.Arbitrary<T[K]>;
  },
): fc.Arbitrary<Partial<T>> {
  const all = Object.entries(options) as [string, fc.Arbitrary<unknown>][];
  return fc
    .subarray(all, { maxLength: 3 })
    .chain((some) => fc.record(Object.fromEntries(some)) as fc.Arbitrary<Partial<T>>);
}

/** A function that does nothing much. */
export function functionIn(stack: RegionStack): StatelessFunction {
  return new StatelessFunction(stack, 'Web', {
    code: Code.fromInline('exports.handler = async () => ({ statusCode: 200 });'),
    handler: 'index.handler',
    runtime: Runtime.NODEJS_24_X,
    peakConcurrency: 40,
  });
}
