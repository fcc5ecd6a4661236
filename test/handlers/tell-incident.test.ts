import type { Answer, Call } from '../../lib/handlers/aws-call';
import { type AlarmEvent, incidentOf } from '../../lib/handlers/incident';
import { claim, told } from '../../lib/handlers/incident-memory';
import { tellIncident } from '../../lib/handlers/tell-incident';

const NOW = Date.UTC(2026, 10, 23, 6, 0, 10);
const CHANGED = Date.UTC(2026, 10, 23, 6);

const event: AlarmEvent = {
  account: '111122223333',
  region: 'eu-west-1',
  resources: ['arn:aws:cloudwatch:eu-west-1:111122223333:alarm:Shop is down'],
  detail: {
    alarmName: 'Shop is down',
    state: { value: 'ALARM', timestamp: '2026-11-23T06:00:00.000+0000' },
  },
  context: { service: 'shop', tier: 0, owner: 'team-shop', severity: 1, runbook: '' },
};

function calls(answer: (command: string) => Answer | Error) {
  const made: { readonly command: string; readonly input: object }[] = [];
  const call: Call = async (client, command, input) => {
    made.push({ command: `${client}.${command}`, input });
    const answered = answer(command);
    if (answered instanceof Error) throw answered;
    return answered;
  };
  return { call, made };
}

function named(name: string): Error {
  return Object.assign(new Error(name), { name });
}

describe('an incident event', () => {
  it.each([
    [1, 'critical', 21],
    [2, 'error', 17],
    [3, 'warning', 13],
    [4, 'info', 9],
    [5, 'info', 9],
  ])('of severity %i is %s to PagerDuty and %i to OpenTelemetry', async (severity, text, number) => {
    const { severitytext, severitynumber, data } = await incidentOf({
      ...event,
      context: { ...event.context, severity },
    });
    expect([severitytext, severitynumber]).toEqual([text, number]);
    expect(data.severity).toBe(`SEV-${severity}`);
  });

  it('has a source that is a URI, and no link where the runbook is a path', async () => {
    const context = { ...event.context, runbook: 'docs/runbook.md' };
    const { source, data } = await incidentOf({ ...event, context });
    expect(source).toBe('arn:aws:cloudwatch:eu-west-1:111122223333:alarm:Shop%20is%20down');
    expect(data.links).toEqual([]);
    expect(data.text).toBe('SEV-1 shop: Shop is down is ALARM\nRunbook: docs/runbook.md');
  });

  it('is no longer than tools take', async () => {
    const reason = 'x'.repeat(5_000);
    const { data } = await incidentOf({
      ...event,
      detail: { ...event.detail, state: { ...event.detail.state, reason } },
    });
    expect(data.text).toHaveLength(2_000);
  });
});

describe('the memory', () => {
  const taken = { table: 'memory', key: 'k', stateAt: CHANGED, isOpen: true, now: NOW };

  it('takes a state that is new, or newer, or was not told', async () => {
    const { call, made } = calls(() => ({}));
    expect(await claim(call, taken)).toBeUndefined();
    expect(made).toEqual([
      {
        command: 'DynamoDB.UpdateItem',
        input: expect.objectContaining({
          TableName: 'memory',
          Key: { id: { S: 'k' } },
          ConditionExpression:
            'attribute_not_exists(id) OR stateAt<:s OR (stateAt=:s AND isTold=:f AND claimedAt<:l)',
          ExpressionAttributeValues: {
            ':s': { N: String(CHANGED) },
            ':o': { BOOL: true },
            ':f': { BOOL: false },
            ':n': { N: String(NOW) },
            ':l': { N: String(NOW - 45_000) },
            ':e': { N: String(NOW / 1000 + 90 * 86_400) },
          },
          ReturnValues: 'ALL_OLD',
        }),
      },
    ]);
  });

  it('keeps when an incident began until it is over', async () => {
    const { call, made } = calls(() => ({}));
    await claim(call, taken);
    await claim(call, { ...taken, isOpen: false });
    const expressions = made.map(({ input }) => (input as { UpdateExpression: string }).UpdateExpression);
    expect(expressions).toEqual([
      'SET stateAt=:s,isOpen=:o,isTold=:f,claimedAt=:n,expiresAt=:e,openedAt=if_not_exists(openedAt,:s)',
      'SET stateAt=:s,isOpen=:o,isTold=:f,claimedAt=:n,expiresAt=:e REMOVE openedAt',
    ]);
    const before = { isOpen: { BOOL: true }, isTold: { BOOL: true }, openedAt: { N: '7' } };
    expect(await claim(calls(() => ({ Attributes: before })).call, taken)).toEqual({
      isOpen: true,
      isTold: true,
      openedAt: 7,
    });
  });

  it('says what was known before', async () => {
    const { call } = calls(() => ({ Attributes: { isOpen: { BOOL: true }, isTold: { BOOL: false } } }));
    expect(await claim(call, taken)).toEqual({ isOpen: true, isTold: false });
  });

  it('calls stale what comes twice or late, and passes other failures on', async () => {
    expect(await claim(calls(() => named('ConditionalCheckFailedException')).call, taken)).toBe('stale');
    await expect(claim(calls(() => named('ThrottlingException')).call, taken)).rejects.toThrow('Throttling');
  });

  it('notes what is told of the state that was taken only', async () => {
    const { call, made } = calls(() => ({}));
    await told(call, taken);
    expect(made[0]?.input).toMatchObject({ ConditionExpression: 'stateAt=:s' });
  });
});

describe('telling', () => {
  const around = (call: Call, lines: string[] = []) => ({
    call,
    now: () => NOW,
    write: (line: string) => void lines.push(line),
    table: 'memory',
    bus: 'incidents',
  });

  const over: AlarmEvent = {
    ...event,
    detail: {
      alarmName: 'Shop is down',
      state: { value: 'OK', timestamp: '2026-11-23T06:00:00.000+0000' },
      previousState: { value: 'ALARM', timestamp: '2026-11-23T05:30:00.000+0000' },
    },
  };
  const open = { isOpen: { BOOL: true }, isTold: { BOOL: true } };
  const openedAt = { N: String(CHANGED - 1_800_000) };

  /** The samples of one metric in the log, with their dimensions. */
  const samples = (lines: readonly string[], name: string) =>
    lines
      .map((line) => JSON.parse(line))
      .filter((line) => line[name] !== undefined)
      .map((line) => {
        const [{ Namespace, Dimensions, Metrics }] = line._aws.CloudWatchMetrics;
        expect(Metrics.map((metric: { Name: string }) => metric.Name)).toEqual([name]);
        const dimensions = Dimensions.map((set: string[]) => set.map((key) => [key, line[key]]));
        return [Namespace, dimensions, line[name]];
      });

  it('measures how long an incident took when it is over, from when it began', async () => {
    const lines: string[] = [];
    const { call } = calls((command) =>
      command === 'UpdateItem' ? { Attributes: { ...open, openedAt } } : {},
    );
    expect(await tellIncident(over, around(call, lines))).toBe('told');
    expect(samples(lines, 'TimeToResolve')).toEqual([['Nines/Incidents', [[['Service', 'shop']]], 1_800]]);
  });

  it('measures it once, though telling is tried again', async () => {
    const lines: string[] = [];
    // The memory forgets the beginning as it takes the end.
    const { call } = calls((command) =>
      command === 'UpdateItem' ? { Attributes: { isOpen: { BOOL: false }, isTold: { BOOL: false } } } : {},
    );
    expect(await tellIncident(over, around(call, lines))).toBe('told');
    expect(samples(lines, 'TimeToResolve')).toEqual([]);
  });

  it.each([
    ['begins', event, { Attributes: { ...open, openedAt } }],
    ['is over, of which the beginning is not known', over, { Attributes: open }],
    ['is over, of which nothing is known', over, {}],
    ['is over, without a memory', over, named('Gone')],
  ])('measures no incident that %s', async (_, input, answer) => {
    const lines: string[] = [];
    const { call } = calls((command) => (command === 'UpdateItem' ? answer : {}));
    await tellIncident(input, around(call, lines));
    expect(samples(lines, 'TimeToResolve')).toEqual([]);
    expect(samples(lines, 'Delay')).toHaveLength(1);
  });

  it('takes, sends and notes, in this order', async () => {
    const { call, made } = calls(() => ({}));
    expect(await tellIncident(event, around(call))).toBe('told');
    expect(made.map(({ command }) => command)).toEqual([
      'DynamoDB.UpdateItem',
      'EventBridge.PutEvents',
      'DynamoDB.UpdateItem',
    ]);
    expect(made[1]?.input).toMatchObject({
      Entries: [{ EventBusName: 'incidents', Source: 'cdk-nines.incidents', DetailType: 'trigger' }],
    });
  });

  it('fails when nothing could be sent, and notes nothing', async () => {
    const { call, made } = calls((command) =>
      command === 'PutEvents' ? { FailedEntryCount: 1, Entries: [{ ErrorCode: 'Throttled' }] } : {},
    );
    await expect(tellIncident(event, around(call))).rejects.toThrow('not sent: [{"ErrorCode":"Throttled"}]');
    expect(made).toHaveLength(2);
  });

  it('does not fail when it told and could not note that', async () => {
    let updates = 0;
    const { call } = calls((command) => (command === 'UpdateItem' && ++updates === 2 ? named('Gone') : {}));
    const lines: string[] = [];
    expect(await tellIncident(event, around(call, lines))).toBe('told');
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({ level: 'WARN', message: 'Gone: Gone' });
  });
});
