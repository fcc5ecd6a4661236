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

test('a service whose data is all on its way has none to repair, and no time says so', () => {
  const Take = { Type: 'AWS::Lambda::Function' };
  const From = {
    Type: 'AWS::Lambda::EventSourceMapping',
    Properties: { EventSourceArn: { 'Fn::GetAtt': ['Orders', 'Arn'] }, FunctionName: { Ref: 'Take' } },
  };
  const Orders = { Type: 'AWS::SQS::Queue' };
  const text = [...recoveryText(assessed({ Resources: { Orders, Take, From } }))].join('');
  expect(text).toContain(
    'data repaired from a backup       keeps no data that a backup must bring back, RTO of 8 h: met',
  );
  expect(text).not.toContain('RTO 0 s of 8 h');
});

test('recoveries that wait for a control plane are counted', () => {
  expect(lines({ MultiAZ: false })).toContain('while the control plane of a region is impaired these wait');
});
