import { EventRun, type Json } from './event-run';

const QUEUE = { 'Fn::GetAtt': ['Aside', 'Arn'] };

/** A rule of the default bus that calls an API, which answers with these, then well. */
function calling(answers: number[], pattern: Json = { source: ['shop'] }) {
  const posted: Json[] = [];
  const run = new EventRun(
    {
      Rule: {
        Type: 'AWS::Events::Rule',
        Properties: {
          EventPattern: pattern,
          Targets: [
            {
              Arn: { 'Fn::GetAtt': ['Api', 'Arn'] },
              RetryPolicy: { MaximumRetryAttempts: 2 },
              DeadLetterConfig: { Arn: QUEUE },
            },
          ],
        },
      },
      Api: {
        Type: 'AWS::Events::ApiDestination',
        Properties: {
          InvocationEndpoint: 'https://example.com',
          ConnectionArn: { 'Fn::GetAtt': ['Keys', 'Arn'] },
        },
      },
      Keys: {
        Type: 'AWS::Events::Connection',
        Properties: { AuthParameters: { ApiKeyAuthParameters: { ApiKeyName: 'X-Key', ApiKeyValue: 'key' } } },
      },
    },
    {
      invoke: async () => undefined,
      post: async (call) => {
        posted.push(call.body);
        return answers.shift() ?? 200;
      },
    },
  );
  return { run, posted };
}

const event = { source: 'shop', detail: { number: 7 } };

it('tries again what an API does not take for now, and then no more', async () => {
  const { run, posted } = calling([500, 429]);
  await run.happen(event);
  expect(posted).toHaveLength(3);
  expect([run.retries.get('Rule'), run.setAside]).toEqual([2, []]);
});

it('sets aside what an API does not take at all', async () => {
  const { run } = calling([500, 503, 500]);
  await run.happen(event);
  expect(run.setAside).toEqual([{ queue: 'Aside', attempts: 3, input: event }]);
});

it('does not try again what an API will never take', async () => {
  const { run, posted } = calling([400]);
  await run.happen(event);
  expect(posted).toHaveLength(1);
  expect(run.setAside).toHaveLength(1);
});

it.each<[string, Json, number]>([
  ['a value', { source: ['shop', 'bank'] }, 1],
  ['no such value', { source: ['bank'] }, 0],
  ['a value below', { detail: { number: [7] } }, 1],
  ['a field that must not be there', { replay: [{ exists: false }] }, 1],
  ['a field that must be there', { replay: [{ exists: true }] }, 0],
])('compares an event with a pattern of %s', async (_, pattern, calls) => {
  const { run, posted } = calling([], pattern);
  await run.happen(event);
  expect(posted).toHaveLength(calls);
});

it('hears nothing of another bus', async () => {
  const { run, posted } = calling([]);
  await run.happen(event, 'Other');
  expect(posted).toEqual([]);
});
