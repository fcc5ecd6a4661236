import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';

type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };
type JsonMap = Readonly<Record<string, Json>>;

/** A synthesised stack to be multiplied. */
interface Model {
  readonly name: string;
  readonly environment: string;
  readonly template: JsonMap;
}

/** Copies of the examples that stand in one stack together. */
const COPIES_PER_STACK = 4;
const SECTIONS = ['Parameters', 'Mappings', 'Conditions', 'Resources', 'Outputs'] as const;

/** Properties whose words name something, so that each copy needs words of its own. */
const NAMING =
  /^(?:(?:Table|Queue|Topic|Bucket|Function|Alarm|LogGroup|Role|BackupVault|BackupPlan|RuleSet|Group|Domain|Cluster|Service|StateMachine|GlobalReplicationGroup|Repository|Cache|Load[bB]alancer)Name|(?:DBInstance|DBCluster|GlobalCluster|ReplicationGroup)I(?:dentifier|d)|Name)$/;

/** Writes a cloud assembly of so many resources in all: copies of what the examples synthesise. */
export function writeAssembly(folder: string, outdirs: readonly string[], resources: number): void {
  mkdirSync(folder, { recursive: true });
  const models = outdirs.flatMap(modelsIn);
  const perSet = models.reduce(
    (sum, { template }) => sum + Object.keys(section(template, 'Resources')).length,
    0,
  );
  const sets = Math.max(1, Math.round(resources / perSet));
  const artifacts: Record<string, unknown> = {};
  for (let first = 0; first < sets; first += COPIES_PER_STACK) {
    const copies = Array.from(
      { length: Math.min(COPIES_PER_STACK, sets - first) },
      (_, index) => first + index,
    );
    for (const model of models) {
      const id = `${model.name}-${first}`;
      const templateFile = `${id}.template.json`;
      const [known = '', region = ''] = model.environment.slice('aws://'.length).split('/');
      // Each group of copies is a team with an account of its own.
      const account = String(100_000_000_000 + first);
      const text = JSON.stringify(together(model, copies), undefined, 1).replaceAll(known, account);
      writeFileSync(join(folder, templateFile), text);
      artifacts[id] = {
        type: 'aws:cloudformation:stack',
        environment: `aws://${account}/${region}`,
        properties: { templateFile, stackName: id },
      };
    }
  }
  writeFileSync(join(folder, 'manifest.json'), JSON.stringify({ version: '48.0.0', artifacts }));
}

function modelsIn(outdir: string): readonly Model[] {
  const manifest = JSON.parse(readFileSync(join(outdir, 'manifest.json'), 'utf8'));
  return readdirSync(outdir)
    .filter((file) => file.endsWith('.template.json'))
    .sort()
    .map((file) => {
      const name = basename(file, '.template.json');
      const environment = manifest.artifacts[name]?.environment ?? 'aws://unknown-account/unknown-region';
      return { name, environment, template: JSON.parse(readFileSync(join(outdir, file), 'utf8')) };
    });
}

/** Several copies of a stack in one template. */
function together({ template }: Model, copies: readonly number[]): JsonMap {
  const ids = new Set(SECTIONS.flatMap((name) => Object.keys(section(template, name))));
  const words = [...new Set(wordsIn(section(template, 'Resources')))].sort((a, b) => b.length - a.length);
  const copied = copies.map((copy) => new Copy(copy, ids, words).of(template));
  const sections = SECTIONS.map((name) => [
    name,
    Object.assign({}, ...copied.map((each) => section(each, name))) as JsonMap,
  ]);
  const shared = Object.entries(template).filter(([name]) => !(SECTIONS as readonly string[]).includes(name));
  return Object.fromEntries([...shared, ...sections]);
}

/** One copy: its logical ids and names are those of the model with a number. */
class Copy {
  private readonly pattern: RegExp | undefined;

  constructor(
    private readonly number: number,
    private readonly ids: ReadonlySet<string>,
    words: readonly string[],
  ) {
    const escaped = words.map((word) => word.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&'));
    this.pattern = escaped.length > 0 ? new RegExp(escaped.join('|'), 'g') : undefined;
  }

  of(template: JsonMap): JsonMap {
    const sections = SECTIONS.map((name) => [
      name,
      Object.fromEntries(
        Object.entries(section(template, name)).map(([id, body]) => [this.id(id), this.value(body)]),
      ),
    ]);
    return Object.fromEntries(sections);
  }

  private id(id: string): string {
    return this.ids.has(id) && !id.includes(':') ? `${id}K${this.number}` : id;
  }

  private value(json: Json, key = ''): Json {
    if (typeof json === 'string') return this.text(json, key);
    if (Array.isArray(json))
      return json.map((item, index) => this.value(item, index === 0 ? `${key}[0]` : key));
    if (typeof json !== 'object' || json === null) return json;
    return Object.fromEntries(
      Object.entries(json as JsonMap).map(([name, item]) => [this.text(name, ''), this.value(item, name)]),
    );
  }

  private text(text: string, key: string): string {
    if (
      [
        'Ref',
        'DependsOn',
        'DependsOn[0]',
        'Condition',
        'Fn::GetAtt[0]',
        'Fn::If[0]',
        'Fn::FindInMap[0]',
      ].includes(key)
    )
      return this.id(text);
    const renamed = text.replaceAll(/\$\{([A-Za-z0-9]+)/g, (_, id: string) => `\${${this.id(id)}`);
    return this.pattern ? renamed.replaceAll(this.pattern, (word) => `k${this.number}-${word}`) : renamed;
  }
}

function section(template: JsonMap, name: string): JsonMap {
  return (template[name] ?? {}) as JsonMap;
}

function wordsIn(json: Json, key = ''): readonly string[] {
  if (typeof json === 'string')
    return NAMING.test(key) && json.length > 4 && !/^(?:AWS|Fn::)/.test(json) ? [json] : [];
  if (Array.isArray(json)) return json.flatMap((item) => wordsIn(item));
  if (typeof json !== 'object' || json === null) return [];
  return Object.entries(json as JsonMap).flatMap(([name, item]) => wordsIn(item, name));
}
