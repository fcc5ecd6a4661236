import { secondDeployFindings } from './second-deploy';

const quiet = { before: ['a'], after: ['a'] };

test('a deploy that changes nothing is one that the CLI and CloudFormation call so', () => {
  expect(secondDeployFindings('Shop', '\n✅  Shop (no changes)\n', quiet)).toEqual([]);
});

test('fails when the CLI deployed the stack again, or a stack whose name only begins alike was left alone', () => {
  expect(secondDeployFindings('Shop', '✅  Shop\n', quiet)).toHaveLength(1);
  expect(secondDeployFindings('Shop', '✅  Shop-eu-west-1 (no changes)\n', quiet)).toHaveLength(1);
});

test('fails when CloudFormation did something', () => {
  const events = { before: ['a'], after: ['b', 'a'] };
  expect(secondDeployFindings('Shop', '✅  Shop (no changes)\n', events)).toMatchObject([
    { found: '1 events' },
  ]);
});
