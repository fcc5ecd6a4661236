import { type IFunction, Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { Duration, SecretValue } from 'aws-cdk-lib/core';
import fc from 'fast-check';
import {
  ReplicatedSecret,
  type ReplicatedSecretProps,
} from '../../lib/constructs/data/secrets-and-images/replicated-secret';
import type { RegionStack } from '../../lib/constructs/region/region-stack';
import type { Weakening } from '../../lib/objectives/weakening';
import type { Pattern } from '../support/pattern';

const ONE_ACCOUNT = /a secret is replicated within one account/;

const BY_HAND: Weakening = {
  reason: 'the payment provider changes it, each quarter',
  expires: '2027-12-31',
  approver: 'head of payments',
};

export const replicatedSecret: Pattern<Options> = {
  construct: 'ReplicatedSecret',
  build: (stack) => {
    const rotationFunction = rotation(stack);
    // minimal
    new ReplicatedSecret(stack, 'PaymentKey', { homeRegion: 'eu-west-1', rotationFunction });
    // end
  },
  refusedInTwoAccounts: { 0: ONE_ACCOUNT, 1: ONE_ACCOUNT, 2: ONE_ACCOUNT, 3: ONE_ACCOUNT },
  options: fc.record({
    rotatedBy: fc.constantFrom(undefined, 'the provider', ''),
    weakening: mostly<Weakening | undefined>(BY_HAND, undefined),
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
  buildWith: (stack, { first, homeRegion, rotatedBy, weakening, ...options }, { regions }) => {
    new ReplicatedSecret(stack, 'PaymentKey', {
      homeRegion: homeRegion ?? regions[0],
      ...(rotatedBy === undefined ? { rotationFunction: rotation(stack) } : { rotatedBy }),
      ...(weakening && { weakening }),
      ...first,
      ...options,
    });
  },
};

/** What is right in most tries, so that most are not refused. */
function mostly<T>(right: T, ...others: T[]): fc.Arbitrary<T> {
  return fc.oneof(
    { weight: 9, arbitrary: fc.constant(right) },
    { weight: 1, arbitrary: fc.constantFrom(...others) },
  );
}

/** The function of an owner, which knows what the secret is for. */
function rotation(stack: RegionStack): IFunction {
  const name = `arn:aws:lambda:${stack.region}:${stack.account}:function:rotate-payment-key`;
  return LambdaFunction.fromFunctionArn(stack, 'Rotation', name);
}

interface Options extends Pick<ReplicatedSecretProps, 'rotationInterval' | 'description'> {
  readonly rotatedBy: string | undefined;
  readonly weakening: Weakening | undefined;
  readonly first: Pick<ReplicatedSecretProps, 'generate' | 'value'>;
  readonly homeRegion: string | undefined;
}
