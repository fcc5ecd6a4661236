import type { Node } from 'yaml';
import { printable } from '../assembly/source/printable';
import {
  RISK_ACCEPTANCE_SCHEMA,
  type RiskAcceptanceRecord,
  type RiskAcceptanceScope,
} from '../objectives/risk-acceptance';
import { scopeMistakes, termsMistakes } from '../objectives/risk-acceptance-checks';
import type { FiledRiskAcceptance } from './filed-acceptance';
import { openYaml, type YamlReader } from './yaml-reader';

const TEXTS = [
  'reason',
  'author',
  'owner',
  'approver',
  'secondApprover',
  'ticket',
  'compensatingControl',
  'created',
  'expires',
  'signature',
  'secondSignature',
] as const;
const SCOPES = ['path', 'stack', 'resource', 'service'] as const;
const KEYS = ['schema', 'rules', 'scope', ...TEXTS];

/**
 * Reads a risk acceptance, in YAML or JSON. Its form is checked; whether it holds is for the audit to say.
 *
 * @throws ConfigurationError with file, line and column for the first mistake
 */
export function parseRiskAcceptance(text: string, file: string): FiledRiskAcceptance {
  const { reader, root } = openYaml(text, file);
  const fields = reader.map(root, KEYS, 'a risk acceptance');
  const schema = fields.get('schema');
  if (schema === undefined || reader.text(schema, 'schema') !== RISK_ACCEPTANCE_SCHEMA) {
    const problem = schema ? 'schema is of another kind or version' : 'a risk acceptance has no schema';
    reader.refuse(schema ?? root, problem, `write schema: ${RISK_ACCEPTANCE_SCHEMA}`);
  }
  const texts = TEXTS.flatMap((name) => {
    const node = fields.get(name);
    return node === undefined ? [] : [[name, textOf(node, name, reader)] as const];
  });
  const rules = fields.get('rules');
  const record = {
    ...Object.fromEntries(texts),
    ...(rules && { rules: reader.list(rules, 'rules').map((node) => textOf(node, 'a rule', reader)) }),
    scope: scopeOf(fields.get('scope'), reader),
  } as unknown as RiskAcceptanceRecord;
  const [mistake] = [...termsMistakes(record), ...scopeMistakes(record.scope).map(inScope)];
  if (mistake) {
    reader.refuse(fields.get(mistake.field) ?? root, printable(mistake.problem), printable(mistake.fix));
  }
  return { ...record, source: { file, line: reader.lineOf(root) } };
}

function inScope<T extends object>(mistake: T): T & { readonly field: string } {
  return { ...mistake, field: 'scope' };
}

function scopeOf(node: Node | undefined, reader: YamlReader): RiskAcceptanceScope {
  if (!node) return {};
  const entries = [...reader.map(node, SCOPES, 'scope')];
  return Object.fromEntries(entries.map(([name, value]) => [name, textOf(value, `scope.${name}`, reader)]));
}

/** Numbers and dates are refused: how they are written is signed, and other tools write them otherwise. */
function textOf(node: Node, what: string, reader: YamlReader): string {
  const { value } = node as { readonly value?: unknown };
  return typeof value === 'string' && value !== ''
    ? value
    : reader.refuse(node, `${what} is no text`, `write ${what} in quotes`);
}
