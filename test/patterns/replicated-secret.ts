import { Duration, SecretValue } from 'aws-cdk-lib/core';
import fc from 'fast-check';
import {
  ReplicatedSecret,
  type ReplicatedSecretProps,
} from '../../lib/constructs/data/secrets-and-images/replicated-secret';
import type { Pattern } from '../support/pattern';

const ONE_ACCOUNT = /a secret is replicated within one account/;

export const replicatedSecret: Pattern<Options> = {
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
  options: fc.record({
    rotatedBy: mostly<string>('the provider', ''),
    rotationInterval: mostly(Duration.days(90), Duration.hours(36), Duration.days(1001)),
    first: fc.constantFrom(
      {},
      { generate: { passwordLength: 64 } },
      { value: SecretValue.unsafePlainText('not a secret') },
      { generate: {}, value: SecretValue.unsafePlainText('not a secret') },
    ),
    homeRegion: mostly<string | undefined>(undefined, 'eu-central-1', 'us-east-1'),
    description: fc.constantFrom('signs requests', 'of the provider'),
  }),
  buildWith: (stack, { first, homeRegion, ...options }, { regions }) => {
    new ReplicatedSecret(stack, 'PaymentKey', { homeRegion: homeRegion ?? regions[0], ...first, ...options });
  },
};

/** What is right in most tries, so that most are not refused. */
function mostly<T>(right: T, ...others: T[]): fc.Arbitrary<T> {
  return fc.oneof(
    { weight: 9, arbitrary: fc.constant(right) },
    { weight: 1, arbitrary: fc.constantFrom(...others) },
  );
}

interface Options extends Pick<ReplicatedSecretProps, 'rotatedBy' | 'rotationInterval' | 'description'> {
  readonly first: Pick<ReplicatedSecretProps, 'generate' | 'value'>;
  readonly homeRegion: string | undefined;
}
