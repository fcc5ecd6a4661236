import type { Clause, GuardParameters, GuardPart, GuardRule, Need } from '../audit/guard/clause';
import type { Rule } from '../audit/rule';

/** What the rules are rendered with. */
export interface GuardInput {
  /** The rules to render, with their translations. */
  readonly rules: readonly { readonly rule: Rule; readonly guard: GuardRule }[];

  /** The values of a rule's parameters. */
  parametersOf(rule: Rule): GuardParameters;
}

/** The name of a rule in CloudFormation Guard, which takes no hyphen: `RDS_01` is `RDS-01`. */
export function guardName(id: string): string {
  return id.replace('-', '_');
}

/** The id of the rule that a name in CloudFormation Guard stands for. */
export function ruleIdOf(name: string): string {
  return name.replace('_', '-');
}

/** Rules of CloudFormation Guard that agree with ours on what one resource decides by itself. */
export function* guardRules({ rules, parametersOf }: GuardInput): Iterable<string> {
  yield `# ${rules.length} rules of cdk-nines that the properties of one resource decide.\n`;
  yield '# RDS_01 is the rule RDS-01: see nines explain RDS-01.\n';
  for (const { rule, guard } of rules) yield guardRule(rule, guard.parts(parametersOf(rule)));
}

/** The same rule for AWS Config, over the configuration item of one type, which has the properties under another name. */
export function itemPolicy(rule: Rule, parts: readonly GuardPart[], type: string): string {
  const asked = parts.filter(({ types }) => types.includes(type));
  const needs = asked.flatMap((part) => part.needs.map((need) => disjunction(need, 'configuration.')));
  const when = asked.flatMap((part) => (part.when ?? []).map((need) => disjunction(need, 'configuration.')));
  const conditions = [`resourceType == '${type}'`, ...when].join('\n  ');
  return `rule ${guardName(rule.id)} when ${conditions} {\n${needs.map((need) => `  ${need}\n`).join('')}}\n`;
}

/** One rule, with a query for each of its parts. */
function guardRule(rule: Rule, parts: readonly GuardPart[]): string {
  const name = guardName(rule.id);
  const queries = parts.map((part, index) => ({ part, query: `${name.toLowerCase()}_${index + 1}` }));
  const lets = queries.map(({ part, query }) => `let ${query} = Resources.*[\n${selection(part)}\n]\n`);
  const some = queries.map(({ query }) => `%${query} !empty`).join(' or ');
  const blocks = queries.map(({ part, query }) => block(part, { query, rule }));
  return `\n# ${oneLine(rule.title)}\n${lets.join('')}rule ${name} when ${some} {\n${blocks.join('')}}\n`;
}

function block(
  { needs }: GuardPart,
  { query, rule }: { readonly query: string; readonly rule: Rule },
): string {
  const lines = needs.map(
    (need) => `      ${disjunction(need, 'Properties.')}\n        ${messageOf(rule)}\n`,
  );
  return `  when %${query} !empty {\n    %${query} {\n${lines.join('')}    }\n  }\n`;
}

function selection({ types, when = [] }: GuardPart): string {
  const type = `  Type in [${types.map(quoted).join(', ')}]`;
  return [type, ...when.map((need) => `  ${disjunction(need, 'Properties.')}`)].join('\n');
}

function messageOf({ id, title, fix }: Rule): string {
  return `<<${id}: ${oneLine(title)} Fix: ${oneLine(fix)}.>>`;
}

/** A message ends at the first `>>`. */
function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').replaceAll('>>', '> >');
}

function disjunction(need: Need, prefix: string): string {
  const clauses: readonly Clause[] = 'is' in need ? [need] : need;
  return clauses.flatMap((clause) => clauseText(clause, prefix)).join(' or ');
}

/** One question as one line of Guard, or as several of which one is enough. */
function clauseText(clause: Clause, prefix: string): readonly string[] {
  const path = prefix + clause.path;
  switch (clause.is) {
    case 'in':
    case 'not in':
      return [`${path} ${clause.is} [${clause.values.flatMap(spellings).join(', ')}]`];
    case 'some in':
      return [`some ${path} in [${clause.values.flatMap(spellings).join(', ')}]`];
    case 'matching':
      return [`${path} == /${clause.pattern}/`];
    case 'not matching':
      return [`${path} != /${clause.pattern}/`];
    case 'at least':
      return [`${path} >= ${clause.minimum}`, `${path} == /${patternFrom(clause.minimum)}/`];
    case 'filled':
      // `!empty` would end the run of all rules at the first number.
      return [`${path} not in ['', [], {}]`];
    case 'there':
      return [`${path} exists`];
    case 'absent':
      return [`${path} not exists`];
    case 'entry':
      return [`${path}[ ${fieldsOf(clause.fields)} ] !empty`];
    case 'no entry':
      return [`${path} not exists`, `${path}[ ${fieldsOf(clause.fields)} ] empty`];
  }
}

function fieldsOf(fields: readonly Clause[]): string {
  return fields.map((field) => disjunction(field, '')).join('\n ');
}

/** CloudFormation takes `"true"` for true, `"True"` too, and `"7"` for 7. */
function spellings(value: string | number | boolean): readonly string[] {
  if (typeof value === 'string') return [quoted(value)];
  if (typeof value === 'number') return [String(value), quoted(String(value))];
  const text = String(value);
  const capital = text.charAt(0).toUpperCase() + text.slice(1);
  return [text, quoted(text), quoted(capital), quoted(text.toUpperCase())];
}

function quoted(text: string): string {
  return `'${text}'`;
}

/** A pattern for the texts of whole numbers from a minimum on: `^([7-9]|[1-9][0-9]{1,})$` for 7. */
export function patternFrom(minimum: number): string {
  const digits = String(Math.max(0, Math.ceil(minimum)));
  const same = [...digits].flatMap((digit, index) => {
    const last = index === digits.length - 1;
    const from = Number(digit) + (last ? 0 : 1);
    if (from > 9) return [];
    const rest = digits.length - index - 1;
    return [`${digits.slice(0, index)}[${from}-9]${rest > 0 ? `[0-9]{${rest}}` : ''}`];
  });
  return `^(${[...same, `[1-9][0-9]{${digits.length},}`].join('|')})$`;
}
