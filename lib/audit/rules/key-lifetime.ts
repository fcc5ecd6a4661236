import { encryptedBy } from '../../assembly/data/encryption-keys';
import { keptDays } from '../../assembly/data/kept-for';
import { outlivesStack } from '../../assembly/data/key-deletion';
import { all, type Judgement, notApplicable, unknown } from '../../assembly/judgement';
import type { Resource } from '../../assembly/resource';
import { Unknown } from '../../assembly/value';
import { ENCRYPTION_KEYS, IMMUTABILITY } from '../control-families';
import { holdsKeptData } from '../kept-data';
import type { Rule } from '../rule';
import { HIGH } from '../severity';

/** The longest time that KMS waits before it deletes a key. */
const LONGEST_WINDOW_DAYS = 30;

export const keyOutlivesData: Rule = {
  id: 'X-35',
  title: 'Keys live as long as what they encrypt.',
  kind: 'protection',
  why: 'Data, backups and logs whose key is gone are noise: nobody reads or restores them.',
  fix: 'set DeletionPolicy to Retain, and PendingWindowInDays to 30',
  fixes: {
    DeletionPolicy: 'set DeletionPolicy to Retain',
    PendingWindowInDays: 'set PendingWindowInDays to 30',
  },
  severity: HIGH,
  appliesTo: ['AWS::KMS::Key', 'AWS::KMS::ReplicaKey'],
  controls: [...IMMUTABILITY, ...ENCRYPTION_KEYS],
  subsumes: ['KMS-02'],
  sources: ['https://docs.aws.amazon.com/kms/latest/developerguide/deleting-keys.html'],
  check: (key, { graph, serviceOf }) => {
    const users = encryptedBy(key).filter((user) => holdsKeptData(user, serviceOf(user)));
    if (users.length > 0) return all(outlivesStack(key), waitsLongEnough(key, users));
    const [macro] = graph.unreadable;
    return macro === undefined
      ? notApplicable('it encrypts nothing that the app shows and that must be kept')
      : unknown(undefined, macro);
  },
};

/** KMS waits for a month at most: what is kept longer asks for all of it. */
function waitsLongEnough(key: Resource, users: readonly Resource[]): Judgement {
  const kept = users.map(keptDays);
  const open = kept.find((each) => each instanceof Unknown);
  const longest = Math.max(0, ...kept.filter((each) => typeof each === 'number'));
  const needed = Math.min(LONGEST_WINDOW_DAYS, longest);
  const judged = key.atLeast('PendingWindowInDays', needed, { unit: 'days' });
  const most = key.atLeast('PendingWindowInDays', LONGEST_WINDOW_DAYS, { unit: 'days' });
  return open instanceof Unknown && judged.outcome === 'pass' && most.outcome !== 'pass'
    ? unknown('PendingWindowInDays', open)
    : judged;
}
