/** What an API of AWS answers. */
export type Answer = Readonly<Record<string, unknown>>;

/** Calls an API of AWS: `call('DynamoDB', 'DescribeTable', { TableName })`. */
export type Call = (client: string, command: string, input: object) => Promise<Answer>;

interface Client {
  send(command: unknown): Promise<Answer>;
}

type Sdk = Readonly<Record<string, new (input: object) => Client>>;

/** With the SDK that the runtime of Lambda brings along, loaded for what is called only. */
export const callAws: Call = (client, command, input) => {
  const sdk = require(`@aws-sdk/client-${client.toLowerCase()}`) as Sdk;
  const [Service, Command] = [sdk[`${client}Client`], sdk[`${command}Command`]];
  if (!Service || !Command) throw new Error(`the SDK has no ${command} of ${client}`);
  return new Service({}).send(new Command(input));
};

/** The value at a path such as `Volumes.0.State`. */
export function valueAt(answer: unknown, path: string): unknown {
  return path.split('.').reduce<unknown>((value, key) => (value as Answer | null | undefined)?.[key], answer);
}
