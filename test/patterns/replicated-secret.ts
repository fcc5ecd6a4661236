import { Duration, SecretValue } from 'aws-cdk-lib/core';
import fc from 'fast-check';
import { ReplicatedSecret, type ReplicatedSecretProps } from '../../lib/constructs/data/replicated-secret';
import type { Pattern } from '../support/pattern';

const ONE_ACCOUNT = /a secret is replicated within one account/;

export const replicatedSecret: Pattern<Partial<ReplicatedSecretProps>> = {
  construct: 'ReplicatedSecret',
  build: (stack) => {
    // minimal
    new ReplicatedSecret(stack, 'PaymentKey', {
      homeRegion: 'eu-west-1',
      rotatedBy: 'the payment provider, each quarter',
    });
    // end
  },
  refusedInTwoAccounts: { 0: ONE_ACCOUNT, 1: ONE_ACCOUNT, 2: ONE_ACCOUNT, 3: ONE_ACCOUNT },
  options: fc.record(
    {
      rotatedBy: fc.constantFrom('the provider', ''),
      rotationInterval: fc.integer({ min: 0, max: 40 }).map((days) => Duration.days(days)),
      generate: fc.constant({ passwordLength: 64 }),
      value: fc.constant(SecretValue.unsafePlainText('not a secret')),
      homeRegion: fc.constantFrom('eu-central-1', 'us-east-1'),
      description: fc.constant('signs requests'),
    },
    { requiredKeys: [] },
  ),
  buildWith: (stack, options, { regions: [homeRegion] }) => {
    new ReplicatedSecret(stack, 'PaymentKey', { homeRegion, ...options });
  },
};
