import type { Random } from './random';

/** JSON that is changed in place. */
export type Json = string | number | boolean | null | Json[] | { [key: string]: Json };
type JsonMap = { [key: string]: Json };

/** Texts that have broken programs. */
const HOSTILE: readonly string[] = [
  '',
  ' ',
  '__proto__',
  'constructor',
  'toString',
  'hasOwnProperty',
  '${',
  '${}',
  '${__proto__}',
  '${AWS::',
  '{{resolve:',
  '{{resolve:ssm:x}}',
  '\u001b[31mred\u001b[0m',
  '\u202Egnp.exe',
  '\ud800',
  '\u0000',
  '<script>alert(1)</script>',
  ']]>&"\'',
  'arn:',
  'arn:::::',
  'arn:aws:s3:::',
  'arn:aws:iam::*:role/*',
  '*'.repeat(60),
  '*?*?*?*?*?*?*?*?*?*?b',
  '10.0.0.0/33',
  '::/0',
  'cron(',
  'cron(* * * * * *)',
  'cron(0/0 0 31 2 ? 9999)',
  'rate(0 days)',
  'rate(99999999999999999999 days)',
  'NaN',
  '1e309',
  '-0',
  '9'.repeat(400),
  'a'.repeat(10_000),
  'true',
  'us-east-1',
];
const NUMBERS: readonly number[] = [0, -1, 1, 0.5, -0, 2 ** 31, 2 ** 53, 1e308, -1e308, 5e-324, 35, 86_400];
const KEYS: readonly string[] = [
  '__proto__',
  'constructor',
  'prototype',
  'toString',
  '',
  'Fn::Transform',
  'Fn::ForEach::X',
  'Fn::ForEach::',
  'Ref',
  'Fn::If',
  'Condition',
  'a.b',
];

/** A place in a template that can be changed. */
interface Place {
  readonly holder: JsonMap | Json[];
  readonly key: string | number;
}

interface Template {
  readonly template: JsonMap;
  readonly random: Random;
  readonly ids: readonly string[];
}

type Mutation = (place: Place, context: Template) => void;

const MUTATIONS: readonly Mutation[] = [
  drop,
  (place, { random }) =>
    put(place, random.pick<Json>([null, true, false, [], {}, [[]], [null], { '': null }])),
  (place, { random }) => put(place, random.pick(HOSTILE)),
  (place, { random }) => put(place, random.pick(NUMBERS)),
  (place, context) => put(place, call(valueAt(place), context)),
  (place, context) => put(place, call(valueAt(place), context)),
  (place, context) => put(place, call(valueAt(place), context)),
  (place, context) => put(place, structuredClone(valueAt(randomPlace(context)))),
  (place, { random }) => rename(place, random.pick(KEYS)),
  (place, { random }) => put(place, deep(valueAt(place), random.pick([5, 50, 400, 520]))),
  (place, { random }) =>
    put(
      place,
      Array.from({ length: random.pick([2, 2, 5, 50, 50, 50, 3_000]) }, () => valueAt(place)),
    ),
  (place) => put(place, [valueAt(place)]),
  (place, { random }) => put(place, JSON.stringify(valueAt(place)).slice(0, 200) + random.pick(HOSTILE)),
  (_, context) => retype(context),
  (_, context) => condition(context),
  (_, context) => loop(context),
];

/** Changes a template in some places, as chance has it. Gives the changed text, which may be no template any more. */
export function mutated(template: Json, random: Random): string {
  const copy = structuredClone(template) as JsonMap;
  const ids = Object.keys((copy.Resources ?? {}) as JsonMap);
  const context = { template: copy, random, ids: ids.length > 0 ? ids : ['Nothing'] };
  const times = 1 + random.below(6);
  for (let time = 0; time < times && partsOf(copy) < MOST_PARTS; time += 1)
    random.pick(MUTATIONS)(tellingPlace(context), context);
  return partsOf(copy) < MOST_PARTS ? JSON.stringify(copy) : JSON.stringify(template);
}

/** The command refuses files of more than 50 MB, so that nothing is learned from larger ones. */
const MOST_PARTS = 500_000;

/** How many values a template writes out, counted as far as matters: one list in many places counts each time. */
function partsOf(json: Json): number {
  let parts = 0;
  const open: Json[] = [json];
  for (let next = open.pop(); next !== undefined && parts < MOST_PARTS; next = open.pop()) {
    // A text counts by its length: some become long.
    parts += typeof next === 'string' ? 1 + next.length / 10 : 1;
    if (typeof next === 'object' && next !== null) for (const part of Object.values(next)) open.push(part);
  }
  return parts;
}

/** A walk down that stops by chance: shallow places, where most is decided, are found often. */
function randomPlace({ template, random }: Template): Place {
  let place: Place = { holder: { template }, key: 'template' };
  for (let depth = 0; depth < 40; depth += 1) {
    const value = valueAt(place);
    if (typeof value !== 'object' || value === null) break;
    const keys = Array.isArray(value) ? [...value.keys()] : Object.keys(value);
    if (keys.length === 0 || (depth > 2 && random.chance(0.25))) break;
    place = { holder: value, key: random.pick<string | number>(keys) };
  }
  return place;
}

/** Without these no template is sound, so that nothing is judged: they are seldom changed. */
const FRAME: readonly (string | number)[] = ['template', 'Resources', 'Type', 'Properties'];

function tellingPlace(context: Template): Place {
  let place = randomPlace(context);
  for (let time = 0; time < 4 && FRAME.includes(place.key); time += 1) place = randomPlace(context);
  return place;
}

function valueAt({ holder, key }: Place): Json {
  return (holder as JsonMap)[key as string] ?? null;
}

function put({ holder, key }: Place, value: Json): void {
  Object.defineProperty(holder, key, { value, enumerable: true, configurable: true, writable: true });
}

function drop({ holder, key }: Place): void {
  if (Array.isArray(holder)) holder.splice(Number(key), 1);
  else delete holder[key];
}

/** Under another key, sometimes beside the old one. */
function rename(place: Place, key: string): void {
  const value = valueAt(place);
  if (Array.isArray(place.holder)) {
    put(place, { [key]: value });
    return;
  }
  if (key.length % 2 === 0) drop(place);
  put({ holder: place.holder, key }, value);
}

/** A function of CloudFormation around a value, with ids that may or may not exist. */
function call(value: Json, { random, ids, template }: Template): Json {
  const id = random.pick(ids);
  const conditions = Object.keys((template.Conditions ?? {}) as JsonMap);
  const name = random.pick(['C', 'D', ...conditions]);
  return random.pick<() => Json>([
    () => ({ Ref: id }),
    () => ({
      Ref: random.pick(['AWS::NoValue', 'AWS::Region', 'AWS::AccountId', 'AWS::StackId', 'P', '__proto__']),
    }),
    () => ({
      'Fn::GetAtt': random.pick<Json>([
        [id, 'Arn'],
        `${id}.Arn`,
        [id],
        id,
        [{ Ref: id }, 'x'],
        'x',
        [id, 'Outputs.O'],
      ]),
    }),
    () => ({ 'Fn::If': [name, value, { Ref: 'AWS::NoValue' }] }),
    () => ({ 'Fn::If': [name, call0(id), value] }),
    () => ({ 'Fn::If': random.pick<Json>([[], name, [name], [{ Ref: id }, 1, 2]]) }),
    () => ({
      'Fn::Sub': random.pick<Json>([`x\${${id}}`, `\${${id}.Arn}`, ['${a}', { a: value }], [], ['${a}']]),
    }),
    () => ({ 'Fn::Join': random.pick<Json>([['', [value, { Ref: id }]], ['-', value], [], [null, [null]]]) }),
    () => ({
      'Fn::Select': random.pick<Json>([
        [0, [value]],
        [-1, [value]],
        ['1e9', value],
        [{ Ref: 'P' }, value],
      ]),
    }),
    () => ({
      'Fn::Split': random.pick<Json>([
        [',', value],
        ['', 'abc'],
        [',', { Ref: id }],
      ]),
    }),
    () => ({ 'Fn::FindInMap': ['M', { Ref: 'AWS::Region' }, 'k'] }),
    () => ({ 'Fn::ImportValue': random.pick<Json>(['E', { 'Fn::Sub': '${AWS::StackName}-E' }, value]) }),
    () => ({ 'Fn::Cidr': [value, random.pick([1, 256, 1e9]), random.pick<Json>([8, -1, '33', value])] }),
    () => ({ 'Fn::GetAZs': random.pick<Json>(['', 'eu-west-1', value]) }),
    () => ({ 'Fn::Transform': { Name: 'AWS::Include', Parameters: value } }),
    () => ({ 'Fn::ForEach::L': ['N', ['A', 'B'], { 'K${N}': value }] }),
    () => ({ 'Fn::ToJsonString': value }),
    () => ({ 'Fn::Length': value }),
    () => ({ 'Fn::Unheard': value }),
    () => ({ Condition: name }),
  ])();
}

function call0(id: string): Json {
  return { 'Fn::GetAtt': [id, 'Arn'] };
}

function deep(value: Json, levels: number): Json {
  let nested = value;
  for (let level = 0; level < levels; level += 1) nested = level % 2 === 0 ? [nested] : { a: nested };
  return nested;
}

/** A resource takes the type of another, and so properties that do not fit it. */
function retype({ template, random, ids }: Template): void {
  const resources = (template.Resources ?? {}) as JsonMap;
  const [one, other] = [resources[random.pick(ids)], resources[random.pick(ids)]];
  if (!isMap(one) || !isMap(other)) return;
  one.Type = random.chance(0.7)
    ? (other.Type ?? 'A::B::C')
    : random.pick([
        'AWS::Serverless::Function',
        'AWS::CloudFormation::Stack',
        'Custom::X',
        '__proto__',
        'A::B::C::MODULE',
      ]);
  if (random.chance(0.3)) template.Transform = 'AWS::Serverless-2016-10-31';
}

/** Conditions that hang on each other, sometimes in a circle, with a resource under one. */
function condition({ template, random, ids }: Template): void {
  if (!isMap(template.Conditions ?? null)) template.Conditions = {};
  const conditions = template.Conditions as JsonMap;
  conditions.C = random.pick<Json>([
    { 'Fn::Equals': [{ Ref: 'AWS::Region' }, 'x'] },
    { 'Fn::Not': [{ Condition: random.pick(['C', 'D']) }] },
    { 'Fn::And': Array.from({ length: 300 }, () => ({ Condition: 'D' })) },
    { 'Fn::Equals': [] },
    'C',
  ]);
  conditions.D = random.pick<Json>([{ 'Fn::Equals': ['a', 'a'] }, { Condition: 'C' }, { 'Fn::Or': [] }]);
  const body = isMap(template.Resources ?? null) ? (template.Resources as JsonMap)[random.pick(ids)] : null;
  if (isMap(body ?? null)) (body as JsonMap).Condition = random.pick(['C', 'D', 'Nowhere']);
}

/** A loop that writes resources. */
function loop({ template, random, ids }: Template): void {
  const resources = template.Resources ?? null;
  if (!isMap(resources)) return;
  const body = resources[random.pick(ids)] ?? null;
  const over = random.pick<Json>([
    ['A', 'B'],
    { Ref: 'P' },
    Array.from({ length: random.pick([20, 20, 20, 500]) }, (_, n) => `N${n}`),
    'A',
    [],
  ]);
  resources['Fn::ForEach::Many'] = ['N', over, { 'Copy${N}': body }];
  template.Transform = 'AWS::LanguageExtensions';
}

function isMap(value: Json | undefined): value is JsonMap {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
