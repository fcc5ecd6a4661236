import { RISK_ACCEPTANCE_SCHEMA, type RiskAcceptanceRecord } from '../objectives/risk-acceptance';

/**
 * The text that is signed: the record without its signatures as JSON, keys sorted, without spaces or a line break at
 * the end, in UTF-8.
 *
 * @see https://www.rfc-editor.org/rfc/rfc8785 RFC 8785, JSON Canonicalization Scheme
 */
export function canonicalForm(record: RiskAcceptanceRecord): string {
  const { rules, scope, reason, author, owner, approver, secondApprover } = record;
  const { ticket, compensatingControl, created, expires } = record;
  const { path, stack, resource, service } = scope;
  return canonicalJson({
    schema: RISK_ACCEPTANCE_SCHEMA,
    rules,
    scope: { path, stack, resource, service },
    reason,
    author,
    owner,
    approver,
    secondApprover,
    ticket,
    compensatingControl,
    created,
    expires,
  });
}

/** Texts, lists and mappings only: RFC 8785 leaves them as JSON writes them, but for the order of the keys. */
type Canonical = string | undefined | readonly Canonical[] | { readonly [key: string]: Canonical };

function canonicalJson(value: Canonical): string {
  if (typeof value !== 'object') return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  const entries = Object.entries(value)
    .filter(([, each]) => each !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, each]) => `${JSON.stringify(key)}:${canonicalJson(each)}`);
  return `{${entries.join(',')}}`;
}
