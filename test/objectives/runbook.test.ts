import { Token } from 'aws-cdk-lib/core';
import { runbookMistakes } from '../../lib/objectives/runbook';

const problems = (runbook: unknown) => runbookMistakes(runbook as string).map(({ problem }) => problem);

describe('a runbook', () => {
  it.each([
    'https://runbooks.example.com/shop',
    'https://wiki.example/run?page=1#orders',
    'http://wiki/x',
    'http://wiki',
    's3://runbooks/shop.pdf',
    'docs/runbooks/shop.md',
    'docs/Orders ♥.md#top',
    'runbooks/shop',
    './shop',
    '/shop',
    'RUNBOOK.md',
    'wiki.example.com',
    'arn:aws:ssm:eu-west-1:111122223333:document/Failover',
    Token.asString({ Ref: 'Runbook' }),
    `https://${Token.asString({ Ref: 'Wiki' })}/shop`,
  ])('may be at %s', (runbook) => expect(problems(runbook)).toEqual([]));

  it.each([
    'TODO',
    'todo: write one',
    'tbd.',
    'TBD...',
    'none',
    '-',
    '/',
    '?',
    'n/a',
    'N/A',
    'ask Bob / Alice',
    'see the wiki',
    'v1.2',
    'https://',
    'https://[wiki/shop',
    true,
    42,
  ])('is refused at %s', (runbook) =>
    expect(problems(runbook)).toEqual([
      `the runbook ${JSON.stringify(runbook)} is neither a path nor an address, so it leads nobody anywhere`,
    ]),
  );

  it.each(['', ' ', '\n'])('is refused where it is empty: %j', (runbook) =>
    expect(problems(runbook)).toEqual(['runbook is empty']),
  );
});
