import { recoveryText } from '../../lib/evidence/recovery-text';
import { assessed } from '../support/assess';

const lines = (properties: object) =>
  [
    ...recoveryText(
      assessed({ Resources: { Db: { Type: 'AWS::RDS::DBInstance', Properties: properties } } }),
    ),
  ].join('');

test('each disruption has a line with what is found and what is owed', () => {
  const text = lines({ MultiAZ: true });
  expect(text).toContain('the loss of an instance           RTO 2 min of 2 min, RPO 0 s of 0 s: met');
  expect(text).toContain(
    'a bad deploy that is rolled back  RTO ? of 30 min: NOT KNOWN: nothing is seen that runs code, and could be taken back',
  );
});

test('what is missed has its reason and its fix below it', () => {
  const text = lines({ MultiAZ: false });
  expect(text).toContain('RTO 30 min of 2 min, RPO 0 s of 0 s: NOT met');
  expect(text).toContain('fix: set MultiAZ to true');
  expect(text).toContain('RTO without end of 1 h');
});

test('recoveries that wait for a control plane are counted', () => {
  expect(lines({ MultiAZ: false })).toContain('while the control plane of a region is impaired these wait');
});
