import { isList, isMap, Unknown, type Value } from '../value';

/** The statements of a policy, which may be written as text. */
export function statementsOf(policy: Value | undefined): readonly Value[] | Unknown {
  if (policy === undefined) return [];
  if (typeof policy === 'string') return statementsIn(parse(policy));
  return statementsIn(policy);
}

function statementsIn(policy: Value): readonly Value[] | Unknown {
  if (policy instanceof Unknown) return policy;
  if (!isMap(policy)) return new Unknown('the policy is known only at deploy');
  const { Statement: statement = [] } = policy;
  if (statement instanceof Unknown) return statement;
  return isList(statement) ? statement : [statement];
}

function parse(text: string): Value {
  try {
    return JSON.parse(text) as Value;
  } catch {
    return new Unknown('the policy is no JSON');
  }
}
