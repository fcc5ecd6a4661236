import { EventRun, type Json, type Outside } from './event-run';
import { MemoryTable } from './memory-table';

/**
 * The bridge of a template as AWS would run it: rules match, transformers write, the function runs as it stands in the
 * template, and API destinations call. Only the memory is a map.
 */
export class BridgeRun {
  readonly memory = new MemoryTable();
  readonly lines: Json[] = [];
  readonly onBus: Json[] = [];
  readonly events: EventRun;

  /** Whether DynamoDB, or EventBridge, does not answer. */
  noMemory = false;
  noBus = false;
  now = Date.UTC(2026, 10, 23, 6, 0, 10);

  /** @param post answers with the status */
  constructor(
    { Resources }: { readonly Resources: Readonly<Record<string, Json>> },
    { post, secretOf }: Pick<Outside, 'post' | 'secretOf'>,
  ) {
    const invoke = (id: string, input: Json) => this.invoke(id, input);
    this.events = new EventRun(Resources, { invoke, post, ...(secretOf && { secretOf }) });
  }

  get opsItems(): readonly Json[] {
    return this.events.opsCenter.items;
  }

  /** Something happens on the default bus. */
  async happen(event: Json): Promise<void> {
    await this.events.happen(event);
  }

  /** The schedule of the bridge. */
  async beat(): Promise<unknown> {
    const { events } = this;
    const [rule = ''] = events.scheduled(this.handler);
    return events.strike(rule);
  }

  /** The function that tells: the one that knows its bus. */
  private get handler(): string {
    const bridges = Object.entries(this.events.resources).filter(
      ([, { Type, Properties }]) =>
        Type === 'AWS::Lambda::Function' && Properties.Environment?.Variables.BUS !== undefined,
    );
    const [[id] = ['']] = bridges;
    return id;
  }

  private async invoke(id: string, input: Json): Promise<unknown> {
    const { Code, Environment } = this.events.resources[id].Properties;
    const env = Object.fromEntries(
      Object.entries(Environment.Variables).map(([name, value]) => [name, this.events.text(value)]),
    );
    const module: Json = { exports: {} };
    const now = () => this.now;
    class Clock extends Date {
      static override now = now;
    }
    const stdout = { write: (line: string) => this.lines.push(JSON.parse(line)) };
    const run = new Function('module', 'require', 'process', 'Date', Code.ZipFile);
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
    const { opsCenter } = this.events;
    const clients: Readonly<Record<string, () => Json>> = {
      dynamodb: () => ({
        DynamoDBClient: send((input) => this.remember(input)),
        UpdateItemCommand: Command,
        GetItemCommand: Command,
      }),
      eventbridge: () => ({ EventBridgeClient: send((input) => this.put(input)), PutEventsCommand: Command }),
      ssm: () => ({
        SSMClient: send((input) => ('Status' in input ? opsCenter.update(input) : opsCenter.describe(input))),
        DescribeOpsItemsCommand: Command,
        UpdateOpsItemCommand: Command,
      }),
    };
    return clients[name.replace('@aws-sdk/client-', '')]?.();
  }

  private remember(input: Json): unknown {
    if (this.noMemory) throw Object.assign(new Error('no table'), { name: 'InternalServerError' });
    return 'UpdateExpression' in input ? this.memory.update(input) : this.memory.get(input);
  }

  private async put({ Entries }: Json): Promise<unknown> {
    if (this.noBus) return { FailedEntryCount: 1, Entries: [{ ErrorCode: 'InternalFailure' }] };
    for (const { EventBusName, Source, DetailType, Detail } of Entries) {
      const event = { source: Source, 'detail-type': DetailType, detail: JSON.parse(Detail) };
      this.onBus.push(event);
      await this.events.happen(event, EventBusName);
    }
    return { FailedEntryCount: 0 };
  }
}
