import { Template } from 'aws-cdk-lib/assertions';
import type { Stack } from 'aws-cdk-lib/core';

// biome-ignore lint/suspicious/noExplicitAny: what a template holds is looked at, not typed
type Json = any;

/** What came to a tool. */
export interface Received {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Json;
}

interface Item {
  readonly stateAt: number;
  readonly isOpen: boolean;
  isTold: boolean;
  readonly claimedAt: number;
}

/**
 * The bridge of a template as AWS would run it: rules match, transformers write, the function runs as it stands in the
 * template, and API destinations call. Only the memory is a map, and secrets are called by their fields.
 */
export class BridgeRun {
  readonly memory = new Map<string, Item>();
  readonly lines: Json[] = [];
  readonly opsItems: Json[] = [];
  readonly onBus: Json[] = [];

  /** Whether DynamoDB, or EventBridge, does not answer. */
  noMemory = false;
  noBus = false;
  now = Date.UTC(2026, 10, 23, 6, 0, 10);

  private readonly resources: Readonly<Record<string, Json>>;

  constructor(
    stack: Stack,
    private readonly post: (call: Received) => Promise<void>,
  ) {
    this.resources = Template.fromStack(stack).toJSON().Resources;
  }

  /** Something happens on the default bus. */
  async happen(event: Json): Promise<void> {
    await this.dispatch(event, undefined);
  }

  /** The schedule of the bridge. */
  async beat(): Promise<unknown> {
    const rule = this.ofType('AWS::Events::Rule').find(({ Properties }) => Properties.ScheduleExpression);
    return this.invoke(JSON.parse(rule.Properties.Targets[0].Input));
  }

  private async dispatch(event: Json, bus: string | undefined): Promise<void> {
    for (const { Properties: rule } of this.ofType('AWS::Events::Rule')) {
      const on = rule.EventBusName && idOf(rule.EventBusName);
      if (on !== bus || !rule.EventPattern || !matches(rule.EventPattern, event)) continue;
      for (const target of rule.Targets) await this.deliver(target, inputOf(target, event));
    }
  }

  private async deliver(target: Json, input: Json): Promise<void> {
    const resource = this.resources[idOf(target.Arn)];
    if (resource?.Type === 'AWS::Lambda::Function') await this.invoke(input);
    else if (resource?.Type === 'AWS::Events::ApiDestination') await this.call(resource.Properties, input);
    else this.opsItems.push(input);
  }

  private async call({ InvocationEndpoint: url, ConnectionArn: arn }: Json, input: Json): Promise<void> {
    const { AuthParameters: auth } = this.resources[idOf(arn)].Properties;
    const added = auth.InvocationHttpParameters?.BodyParameters ?? [];
    const body = { ...input, ...Object.fromEntries(added.map((each: Json) => [each.Key, told(each.Value)])) };
    const { ApiKeyAuthParameters: key, BasicAuthParameters: basic } = auth;
    const headers: Record<string, string> = key
      ? { [key.ApiKeyName]: told(key.ApiKeyValue) }
      : { Authorization: `${told(basic.Username)}:${told(basic.Password)}` };
    await this.post({ url: told(url), headers, body });
  }

  private async invoke(input: Json): Promise<unknown> {
    const [{ Properties }] = this.ofType('AWS::Lambda::Function');
    const { ZipFile: code } = Properties.Code;
    const env = Object.fromEntries(
      Object.entries(Properties.Environment.Variables).map(([name, value]) => [name, idOf(value)]),
    );
    const module: Json = { exports: {} };
    const now = () => this.now;
    class Clock extends Date {
      static override now = now;
    }
    const stdout = { write: (line: string) => this.lines.push(JSON.parse(line)) };
    const run = new Function('module', 'require', 'process', 'Date', code);
    run(module, (name: string) => this.sdk(name), { env, stdout }, Clock);
    return module.exports.handler(input);
  }

  private sdk(name: string): Json {
    class Command {
      constructor(readonly input: Json) {}
    }
    const send = (act: (input: Json) => unknown) =>
      class {
        send = async ({ input }: Command) => act(input);
      };
    return name.endsWith('dynamodb')
      ? { DynamoDBClient: send((input) => this.update(input)), UpdateItemCommand: Command }
      : { EventBridgeClient: send((input) => this.put(input)), PutEventsCommand: Command };
  }

  /** The two updates that the function makes. */
  private update({ Key, ExpressionAttributeValues: values, UpdateExpression }: Json): unknown {
    if (this.noMemory) throw Object.assign(new Error('no table'), { name: 'InternalServerError' });
    const failed = Object.assign(new Error('no'), { name: 'ConditionalCheckFailedException' });
    const known = this.memory.get(Key.id.S);
    const stateAt = Number(values[':s'].N);
    if (UpdateExpression === 'SET isTold=:t') {
      if (known?.stateAt !== stateAt) throw failed;
      known.isTold = true;
      return {};
    }
    const again = known?.stateAt === stateAt && !known.isTold && known.claimedAt < Number(values[':l'].N);
    if (known && known.stateAt >= stateAt && !again) throw failed;
    this.memory.set(Key.id.S, {
      stateAt,
      isOpen: values[':o'].BOOL,
      isTold: values[':f'].BOOL,
      claimedAt: Number(values[':n'].N),
    });
    return known ? { Attributes: { isOpen: { BOOL: known.isOpen }, isTold: { BOOL: known.isTold } } } : {};
  }

  private async put({ Entries }: Json): Promise<unknown> {
    if (this.noBus) return { FailedEntryCount: 1, Entries: [{ ErrorCode: 'InternalFailure' }] };
    for (const { EventBusName, Source, DetailType, Detail } of Entries) {
      const event = { source: Source, 'detail-type': DetailType, detail: JSON.parse(Detail) };
      this.onBus.push(event);
      await this.dispatch(event, EventBusName);
    }
    return { FailedEntryCount: 0 };
  }

  private ofType(type: string): Json[] {
    return Object.values(this.resources).filter(({ Type }) => Type === type);
  }
}

/** The logical id that a value refers to, else the value. */
function idOf(value: Json): string {
  return value?.Ref ?? value?.['Fn::GetAtt']?.[0] ?? String(value);
}

/** A text with its parts joined; a reference to a secret is called by its field. */
function told(value: Json): string {
  const parts = value?.['Fn::Join'] ? value['Fn::Join'][1].map(told).join('') : idOf(value);
  return parts.replace(/\{\{resolve:secretsmanager:[^}]*?:SecretString:(\w*)[^}]*\}\}/g, 'secret<$1>');
}

function matches(pattern: Json, event: Json): boolean {
  return Object.entries<Json>(pattern).every(([key, wanted]) =>
    Array.isArray(wanted) ? wanted.map(idOf).includes(event?.[key]) : matches(wanted, event?.[key]),
  );
}

function inputOf({ InputTransformer: transformer, InputPath: path, Input: input }: Json, event: Json): Json {
  if (input !== undefined) return JSON.parse(input);
  if (path !== undefined) return at(event, path);
  if (transformer === undefined) return event;
  const { InputPathsMap: paths, InputTemplate: template } = transformer;
  const text = told(template).replace(/(\\?"?)<([\w-]+)>/g, (_, before: string, name: string) => {
    const value = at(event, paths[name]) ?? '';
    return before + (before === '' ? JSON.stringify(value) : String(value));
  });
  return JSON.parse(text);
}

function at(event: Json, path: string): Json {
  return path
    .split('.')
    .slice(1)
    .reduce((value, key) => value?.[key], event);
}
