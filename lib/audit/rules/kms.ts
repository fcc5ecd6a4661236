import { encryptedBy } from '../../assembly/data/encryption-keys';
import { outlivesStack } from '../../assembly/data/key-deletion';
import { all, notApplicable, unknown } from '../../assembly/judgement';
import * as families from '../control-families';
import { holdsKeptData } from '../kept-data';
import type { Rule } from '../rule';
import { HIGH, MEDIUM } from '../severity';

const KEY = ['AWS::KMS::Key'];
const GUIDE = 'https://docs.aws.amazon.com/kms/latest/developerguide';

/** The longest time that KMS waits before it deletes a key. */
const LONGEST_WINDOW_DAYS = 30;

export const keyIsRotated: Rule = {
  id: 'KMS-01',
  title: 'Symmetric keys are rotated every year.',
  kind: 'compliance',
  why: 'A key that leaked reads all that it ever encrypted, and a change of keys in a hurry is an outage.',
  fix: 'set EnableKeyRotation to true',
  severity: MEDIUM,
  appliesTo: KEY,
  controls: families.ENCRYPTION_KEYS,
  sources: [`${GUIDE}/rotate-keys.html`],
  check: (key) => {
    const kind = all(key.is('KeySpec', 'SYMMETRIC_DEFAULT'), key.is('Origin', 'AWS_KMS'));
    if (kind.outcome === 'fail') return notApplicable('AWS rotates only symmetric keys that it made itself');
    const rotated = key.is('EnableKeyRotation', true);
    return kind.outcome === 'unknown' && rotated.outcome === 'fail' ? kind : rotated;
  },
};

export const keyOfDataStays: Rule = {
  id: 'KMS-02',
  title: 'Keys of data and backups stay when their stack goes, and are deleted late.',
  kind: 'protection',
  why: 'With the key, all that it encrypts is gone in the same moment, its backups too, and nobody can bring it back.',
  fix: 'set DeletionPolicy to Retain and leave out PendingWindowInDays',
  severity: HIGH,
  appliesTo: KEY,
  controls: families.ENCRYPTION_KEYS,
  sources: [`${GUIDE}/deleting-keys.html`],
  check: (key, { graph, serviceOf }) => {
    const judged = all(
      outlivesStack(key),
      key.atLeast('PendingWindowInDays', LONGEST_WINDOW_DAYS, { unit: 'days' }),
    );
    if (encryptedBy(key).some((user) => holdsKeptData(user, serviceOf(user)))) return judged;
    const [macro] = graph.unreadable;
    return macro === undefined || judged.outcome === 'pass'
      ? notApplicable('it encrypts no data that the app shows')
      : unknown(undefined, macro);
  },
};
