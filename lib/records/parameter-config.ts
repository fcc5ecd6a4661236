import type { Node } from 'yaml';
import { printable } from '../assembly/source/printable';
import { nearestInWords } from './nearest-name';
import type { ConfiguredValue, KnownRule } from './vocabulary';
import type { YamlReader } from './yaml-reader';

/** The parameters that may be set, and whose they are. */
export interface ParameterNames {
  readonly owner: string;

  /** @default - has no */
  readonly has?: string;
  readonly parameters: NonNullable<KnownRule['parameters']>;
}

type Values = Readonly<Record<string, ConfiguredValue>>;

/**
 * Reads values of the parameters of one rule.
 *
 * @param names what may be set; where it is left out, nothing is checked
 */
export function parametersIn(node: Node, reader: YamlReader, names?: ParameterNames): Values {
  const entries = reader.entries(node, 'parameters').map(({ key, name, value }) => {
    const written = valueIn(value, name, reader);
    if (!names) return [name, written] as const;
    const { owner, has = 'has no', parameters } = names;
    const parameter = Object.hasOwn(parameters, name) ? parameters[name] : undefined;
    if (!parameter) {
      const all = Object.keys(parameters);
      const problem =
        all.length > 0
          ? `${owner} ${has} parameter ${printable(name)}`
          : `${owner} has no parameters, so ${printable(name)} is none`;
      return reader.refuse(key, problem, nearestInWords(name, all));
    }
    refuseOtherKind(value, { name, written, usual: parameter.default }, reader);
    return [name, written] as const;
  });
  return Object.fromEntries(entries);
}

/** Reads values that hold for every rule with a parameter of the name: the name must mean the same everywhere. */
export function sharedParametersIn(
  node: Node,
  reader: YamlReader,
  rules: readonly KnownRule[] | undefined,
): Values {
  if (!rules) return parametersIn(node, reader);
  for (const { key, name } of reader.entries(node, 'parameters')) {
    const owners = rules.filter(({ parameters }) => parameters && Object.hasOwn(parameters, name));
    const meanings = new Set(owners.map(({ parameters }) => parameters?.[name]?.meaning));
    if (meanings.size < 2) continue;
    const [first] = owners;
    reader.refuse(
      key,
      `${printable(name)} means different things in ${owners.map(({ id }) => id).join(', ')}`,
      `set it at the rule: rules: { ${first?.id ?? ''}: { parameters: { ${printable(name)}: … } } }`,
    );
  }
  const all = Object.assign({}, ...rules.map(({ parameters }) => parameters ?? {}));
  return parametersIn(node, reader, { owner: 'no rule', has: 'has a', parameters: all });
}

function valueIn(node: Node, name: string, reader: YamlReader): ConfiguredValue {
  if (reader.isList(node)) return reader.list(node, name).map((item) => reader.text(item, name));
  const { value } = node as { readonly value?: unknown };
  if (typeof value === 'number' || typeof value === 'string' || typeof value === 'boolean') return value;
  return reader.refuse(
    node,
    `${printable(name)} has no value`,
    'write a number, a text, true, false or a list',
  );
}

function refuseOtherKind(
  node: Node,
  { name, written, usual }: { name: string; written: ConfiguredValue; usual: ConfiguredValue },
  reader: YamlReader,
): void {
  const [found, needed] = [kindOf(written), kindOf(usual)];
  const impossible = typeof written === 'number' ? impossibleIn(written) : undefined;
  if (found !== needed || impossible)
    reader.refuse(
      node,
      `${printable(name)} is ${impossible ?? found}, needs ${needed}`,
      `write ${needed}, such as ${Array.isArray(usual) ? '[A, B]' : JSON.stringify(usual)}`,
    );
}

/** Every number that a rule takes counts or measures something. */
function impossibleIn(written: number): string | undefined {
  if (!Number.isFinite(written)) return 'no finite number';
  return written < 0 ? 'less than 0' : undefined;
}

function kindOf(value: ConfiguredValue): string {
  if (typeof value === 'number') return 'a number';
  if (typeof value === 'boolean') return 'true or false';
  return typeof value === 'string' ? 'a text' : 'a list';
}
