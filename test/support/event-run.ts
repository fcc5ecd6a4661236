import { OpsCenter } from './ops-center';

// biome-ignore lint/suspicious/noExplicitAny: what a template holds is looked at, not typed
export type Json = any;

/** A call to an API over HTTPS. */
export interface Received {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Json;
}

/** What a rule could not hand over, and where it waits. */
export interface SetAside {
  readonly queue: string;
  readonly attempts: number;
  readonly input: Json;
}

/** What the rules of a template reach. Resources are named by their logical ids. */
export interface Outside {
  /** Runs a function. */
  readonly invoke: (id: string, input: Json) => Promise<unknown>;

  /** Calls an API, and says with which status it answers. */
  readonly post: (call: Received) => Promise<number>;

  /** What stands in a secret. @default - its field, in angle brackets */
  readonly secretOf?: (name: string, field: string) => string;
}

const SECRET = /\{\{resolve:secretsmanager:[^}]*?:secret:([^:}]*):SecretString:(\w*)[^}]*\}\}/g;

/**
 * Amazon EventBridge as far as the rules of a template need it: patterns match, transformers write, and what an API does not
 * take is tried again, then set aside.
 *
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-targets.html
 */
export class EventRun {
  readonly opsCenter = new OpsCenter();

  /** What was written to log groups. */
  readonly logged: Json[] = [];
  readonly setAside: SetAside[] = [];

  /** How often calls were tried again, by rule. */
  readonly retries = new Map<string, number>();

  constructor(
    readonly resources: Readonly<Record<string, Json>>,
    private readonly outside: Outside,
  ) {}

  /** Something happens on a bus: the default one, or one of the template. */
  async happen(event: Json, bus?: string): Promise<void> {
    for (const [id, rule] of this.rules()) {
      const on = rule.EventBusName && this.text(rule.EventBusName);
      if (on !== bus || !rule.EventPattern || !this.matches(rule.EventPattern, event)) continue;
      for (const target of rule.Targets) await this.deliver(id, target, this.inputOf(target, event));
    }
  }

  /** The time of a rule with a schedule has come. */
  async strike(id: string): Promise<unknown> {
    const [target] = this.resources[id].Properties.Targets;
    return this.outside.invoke(this.text(target.Arn), JSON.parse(target.Input));
  }

  /** The rules with a schedule that call something. */
  scheduled(functionId: string): string[] {
    const calls = ({ Targets }: Json) => Targets.some(({ Arn }: Json) => this.text(Arn) === functionId);
    return this.rules().flatMap(([id, rule]) => (rule.ScheduleExpression && calls(rule) ? [id] : []));
  }

  /** A value as it is after deploy; a resource is called by its name, where it has one, or by its logical id. */
  text(value: Json): string {
    if (value?.['Fn::Join'])
      return this.secret(value['Fn::Join'][1].map((part: Json) => this.text(part)).join(''));
    const id = value?.Ref ?? value?.['Fn::GetAtt']?.[0];
    if (id === undefined) return this.secret(String(value));
    return value.Ref ? (this.resources[id]?.Properties?.AlarmName ?? id) : id;
  }

  private secret(text: string): string {
    const { secretOf = (_: string, field: string) => `secret<${field}>` } = this.outside;
    return text.replace(SECRET, (_, name: string, field: string) => secretOf(name, field));
  }

  private rules(): [string, Json][] {
    const all = Object.entries(this.resources).filter(([, { Type }]) => Type === 'AWS::Events::Rule');
    return all.map(([id, { Properties }]) => [id, Properties]);
  }

  private async deliver(rule: string, target: Json, input: Json): Promise<void> {
    const arn = this.text(target.Arn);
    const { Type: type, Properties } = this.resources[arn] ?? {};
    if (type === 'AWS::Lambda::Function') await this.outside.invoke(arn, input);
    else if (type === 'AWS::Events::EventBus') await this.happen(input, arn);
    else if (type === 'AWS::Events::ApiDestination')
      await this.call(rule, target, this.callOf(Properties, input));
    else if (arn.includes(':log-group:')) this.logged.push(input);
    else if (arn.endsWith(':opsitem')) this.opsCenter.open(input);
    else throw new Error(`${rule} has a target that is not known: ${arn}`);
  }

  private async call(rule: string, target: Json, call: Received): Promise<void> {
    const most = 1 + (target.RetryPolicy?.MaximumRetryAttempts ?? 185);
    for (let attempts = 1; ; attempts += 1) {
      const status = await this.outside.post(call);
      if (status >= 200 && status < 300) return;
      if (attempts < most && isTriedAgain(status)) {
        this.retries.set(rule, (this.retries.get(rule) ?? 0) + 1);
        continue;
      }
      const queue = this.text(target.DeadLetterConfig?.Arn);
      this.setAside.push({ queue, attempts, input: call.body });
      return;
    }
  }

  private callOf({ InvocationEndpoint: url, ConnectionArn: arn }: Json, input: Json): Received {
    const { AuthParameters: auth } = this.resources[this.text(arn)].Properties;
    const added: Json[] = auth.InvocationHttpParameters?.BodyParameters ?? [];
    const { ApiKeyAuthParameters: key, BasicAuthParameters: basic } = auth;
    return {
      url: this.text(url),
      headers: key
        ? { [key.ApiKeyName]: this.text(key.ApiKeyValue) }
        : { Authorization: `${this.text(basic.Username)}:${this.text(basic.Password)}` },
      body: { ...input, ...Object.fromEntries(added.map(({ Key, Value }) => [Key, this.text(Value)])) },
    };
  }

  private matches(pattern: Json, event: Json): boolean {
    return Object.entries<Json>(pattern).every(([key, wanted]) => {
      const value = event?.[key];
      if (!Array.isArray(wanted)) return this.matches(wanted, value);
      return wanted.some((each) => {
        if (typeof each?.exists === 'boolean') return each.exists === (value !== undefined);
        return (typeof each === 'number' ? each : this.text(each)) === value;
      });
    });
  }

  private inputOf({ InputTransformer: transformer, InputPath: path, Input: input }: Json, event: Json): Json {
    if (input !== undefined) return JSON.parse(this.text(input));
    if (path !== undefined) return at(event, path);
    if (transformer === undefined) return event;
    const { InputPathsMap: paths, InputTemplate: template } = transformer;
    const text = this.text(template).replace(
      /<([\w-]+)>/g,
      (_, name: string, offset: number, all: string) => {
        const value = at(event, paths[name]) ?? '';
        return isInText(all.slice(0, offset)) ? String(value) : JSON.stringify(value);
      },
    );
    return JSON.parse(text);
  }
}

/** @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-api-destinations.html */
function isTriedAgain(status: number): boolean {
  return [401, 407, 409, 429].includes(status) || status >= 500;
}

/** Whether what follows stands within a text of JSON. */
function isInText(before: string): boolean {
  return before.replace(/\\./g, '').split('"').length % 2 === 0;
}

function at(event: Json, path: string): Json {
  return path
    .replace(/\[(\d+)\]/g, '.$1')
    .split('.')
    .slice(1)
    .reduce((value, key) => value?.[key], event);
}
