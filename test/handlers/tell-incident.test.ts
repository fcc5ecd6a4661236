import type { Answer, Call } from '../../lib/handlers/aws-call';
import { type AlarmEvent, incidentOf } from '../../lib/handlers/incident';
import { claim, keptSilent, told } from '../../lib/handlers/incident-memory';
import { type Surroundings, tellIncident } from '../../lib/handlers/tell-incident';
import { MemoryTable } from '../support/memory-table';

const NOW = Date.UTC(2026, 10, 23, 6, 0, 10);
const CHANGED = Date.UTC(2026, 10, 23, 6);

const RUNBOOK = 'https://runbooks.example.com/shop';

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

  describe('that says much', () => {
    const saying = async (reason: string, description = '', runbook = RUNBOOK) => {
      const { data } = await incidentOf({
        ...event,
        detail: {
          ...event.detail,
          state: { ...event.detail.state, reason },
          configuration: { description },
        },
        context: { ...event.context, runbook },
      });
      return data.text;
    };

    // The most that CloudWatch gives; OpsItems take 2,048 characters, Slack 3,000.
    it('is no longer than tools take, and keeps its runbook', async () => {
      const text = await saying('x'.repeat(1_023), 'd'.repeat(1_024));
      expect(text).toHaveLength(2_000);
      expect(text).toContain(`is ALARM\n${'d'.repeat(1_024)}\nx`);
      expect(text.endsWith(`xx…\nRunbook: ${RUNBOOK}`)).toBe(true);
    });

    it('is whole where it fits', async () => {
      const head = 'SEV-1 shop: Shop is down is ALARM';
      const room = 2_000 - `${head}\n\n\nRunbook: ${RUNBOOK}`.length;
      const reason = 'x'.repeat(room - 1);
      expect(await saying(reason, 'd')).toBe(`${head}\nd\n${reason}\nRunbook: ${RUNBOOK}`);
      expect(await saying(`${reason}x`, 'd')).toContain('x…\nRunbook');
    });

    it.each([1_500, 1_501])('holds whole characters only, of %i pictures', async (count) => {
      for (const before of ['', 'x']) {
        const text = await saying(`${before}${'🔥'.repeat(count)}`);
        expect(text.length).toBeGreaterThan(1_990);
        expect(text.length).toBeLessThanOrEqual(2_000);
        expect(Buffer.from(text).toString()).toBe(text);
        expect(text.endsWith(`🔥…\nRunbook: ${RUNBOOK}`)).toBe(true);
      }
    });

    it('is no longer where the runbook alone is', async () => {
      expect(await saying('', '', `https://${'x'.repeat(3_000)}`)).toHaveLength(2_000);
    });
  });

  it.each([
    ['https://runbooks.example.com/shop', 'https://runbooks.example.com/shop'],
    ['http://wiki/shop', 'http://wiki/shop'],
    ['https://wiki.example.com/Störung', 'https://wiki.example.com/St%C3%B6rung'],
  ])('has a link to %s', async (runbook, href) => {
    const { data } = await incidentOf({ ...event, context: { ...event.context, runbook } });
    expect(data.links).toEqual([{ href, text: 'Runbook' }]);
  });

  it.each(['docs/shop.md', 'https://[wiki', 'ftp://wiki/shop', 'javascript:alert(1)', ''])(
    'has no link to %j, which a tool may not open',
    async (runbook) => {
      const { data } = await incidentOf({ ...event, context: { ...event.context, runbook } });
      expect(data.links).toEqual([]);
    },
  );
});

describe('the memory', () => {
  const taken = {
    table: 'memory',
    key: 'k',
    stateAt: CHANGED,
    isOpen: true,
    now: NOW,
    expires: NOW / 1000 + 90 * 86_400,
  };

  it('takes a state that is new, or newer, or was not told', async () => {
    const { call, made } = calls(() => ({}));
    expect(await claim(call, taken)).toEqual({});
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

  it('notes a silent alarm without taking its state, and leaves an open incident as it is', async () => {
    const memory = new MemoryTable();
    const call: Call = async (_, __, input) => memory.update(input);
    await keptSilent(call, taken);
    // When the silence is over the same state may still be told.
    expect(await claim(call, taken)).toEqual({ isOpen: false, isTold: true });
    await told(call, taken);
    await keptSilent(call, { ...taken, stateAt: CHANGED + 60_000 });
    expect(await claim(call, { ...taken, stateAt: CHANGED + 120_000, isOpen: false })).toEqual({
      isOpen: true,
      isTold: true,
    });
    await expect(keptSilent(calls(() => named('ThrottlingException')).call, taken)).rejects.toThrow(
      'Throttling',
    );
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
    measures: true,
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

  /** Changes of alarms at minutes after six, one after the other. */
  const happen = async (
    changes: readonly (readonly [minute: number, alarm: string, value: 'ALARM' | 'OK'])[],
    more: Partial<Surroundings> = {},
  ) => {
    const lines: string[] = [];
    const memory = new MemoryTable();
    const call: Call = async (client, _, input) => (client === 'DynamoDB' ? memory.update(input) : {});
    for (const [minute, alarmName, value] of changes) {
      const timestamp = new Date(CHANGED + minute * 60_000).toISOString();
      const previousState = { value: value === 'OK' ? 'ALARM' : 'OK', timestamp };
      await tellIncident(
        { ...event, detail: { alarmName, state: { value, timestamp }, previousState } },
        { ...around(call, lines), ...more },
      );
    }
    return samples(lines, 'TimeToResolve').map(([, , seconds]) => seconds);
  };

  it('measures how long an incident took when it is over, from when it began', async () => {
    const lines: string[] = [];
    const memory = new MemoryTable();
    const call: Call = async (client, _, input) => (client === 'DynamoDB' ? memory.update(input) : {});
    const began = { value: 'ALARM', timestamp: '2026-11-23T05:30:00.000+0000' };
    await tellIncident({ ...event, detail: { ...event.detail, state: began } }, around(call, lines));
    // Telling is tried again, and the sample is one.
    await tellIncident(over, around(call, lines));
    await tellIncident(over, around(call, lines));
    expect(samples(lines, 'TimeToResolve')).toEqual([['Nines/Incidents', [[['Service', 'shop']]], 1_800]]);
  });

  it('measures one incident, however many alarms of the service fire in it', async () => {
    const outage = [
      [0, 'a', 'ALARM'],
      [1, 'b', 'ALARM'],
      [2, 'c', 'ALARM'],
      [10, 'a', 'OK'],
      [11, 'a', 'ALARM'],
      [12, 'b', 'OK'],
      [13, 'a', 'OK'],
      [20, 'c', 'OK'],
    ] as const;
    expect(await happen(outage)).toEqual([1_200]);
    const later = [
      [60, 'a', 'ALARM'],
      [62, 'a', 'OK'],
    ] as const;
    expect(await happen([...outage, ...later])).toEqual([1_200, 120]);
    expect(await happen(outage, { measures: false })).toEqual([]);
  });

  it('does not wait for ever for an alarm whose end never comes', async () => {
    const day = 1_440;
    expect(
      await happen([
        [0, 'deleted', 'ALARM'],
        [5, 'a', 'ALARM'],
        [6, 'a', 'OK'],
        [day + 1, 'a', 'ALARM'],
        [day + 4, 'a', 'OK'],
        [day + 10, 'a', 'ALARM'],
        [day + 11, 'a', 'OK'],
      ]),
    ).toEqual([180, 60]);
    // It fired for a day while another one did: when the incident began is known, when it ended is not.
    expect(
      await happen([
        [0, 'deleted', 'ALARM'],
        [day - 1, 'a', 'ALARM'],
        [day + 1, 'a', 'OK'],
        [day + 5, 'a', 'ALARM'],
        [day + 6, 'a', 'OK'],
      ]),
    ).toEqual([60]);
  });

  it('measures an incident of one alarm that takes days', async () => {
    expect(
      await happen([
        [0, 'a', 'ALARM'],
        [4_320, 'a', 'OK'],
      ]),
    ).toEqual([259_200]);
  });

  it.each([
    ['begins', event, {}],
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
    const { call } = calls((command) => (command === 'UpdateItem' && ++updates === 3 ? named('Gone') : {}));
    const lines: string[] = [];
    expect(await tellIncident(event, around(call, lines))).toBe('told');
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({ level: 'WARN', message: 'no memory: Gone: Gone' });
  });
});
