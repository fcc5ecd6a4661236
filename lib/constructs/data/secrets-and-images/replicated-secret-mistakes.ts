import type { Mistake } from '../../../objectives/mistakes';
import { homeMistakes } from '../home-region';
import { peerKeyMistakes } from '../regional-key';
import type { Twins } from '../twin';
import type { ReplicatedSecretProps } from './replicated-secret';

/** @internal */
export function secretMistakes(twins: Twins, props: ReplicatedSecretProps, home: string): Mistake[] {
  return [
    ...placeMistakes(twins, home),
    ...rotationMistakes(props),
    ...peerKeyMistakes(props, twins.own.region === home ? twins.others : []),
  ];
}

function placeMistakes(twins: Twins, home: string): Mistake[] {
  const { accounts } = twins;
  const mistakes: Mistake[] = [];
  if (accounts.length > 1) {
    mistakes.push({
      problem: `a secret is replicated within one account, but its regions are in ${[...accounts].sort().join(' and ')}`,
      fix: 'put the regions into one account, or make a secret in each account and fill both from one place',
    });
  }
  return [...mistakes, ...homeMistakes(twins, home, 'the secret')];
}

function rotationMistakes(props: ReplicatedSecretProps): Mistake[] {
  const { rotationFunction, rotationInterval, rotatedBy = '', value, generate } = props;
  const mistakes: Mistake[] = [];
  if (!rotationFunction && rotatedBy.trim() === '') {
    mistakes.push({
      problem: 'nobody rotates it',
      fix: 'give a rotationFunction, or say in rotatedBy who changes it and when',
    });
  }
  if (rotationFunction && rotatedBy !== '') {
    mistakes.push({
      problem: 'it is rotated by a function and by somebody else',
      fix: 'leave out rotationFunction or rotatedBy',
    });
  }
  const days =
    rotationInterval && !rotationInterval.isUnresolved() ? rotationInterval.toSeconds() / 86_400 : 1;
  if (!Number.isInteger(days) || days < 1 || days > 1000) {
    mistakes.push({ problem: `rotationInterval is ${days} days`, fix: 'use whole days from 1 to 1,000' });
  }
  if (value && generate) {
    mistakes.push({ problem: 'its first value is given and made', fix: 'leave out value or generate' });
  }
  return mistakes;
}
