import type { Node } from 'yaml';
import { printable } from '../assembly/source/printable';
import { contractTermMistakes } from '../objectives/contract-mistakes';
import { DependencyKind } from '../objectives/dependency';
import type { ContractTerms, ServiceCredit, ThirdParty } from '../objectives/third-party';
import { isDate } from '../objectives/weakening';
import { type AvailabilityKind, availabilityIn } from './fractions';
import type { YamlReader } from './yaml-reader';

const BELOW: AvailabilityKind = {
  what: 'below',
  mayBeWhole: true,
  insteadOfNothing: 'write the availability below which something is given back, such as 0.999',
};

/** Reads what a contract with a third party says beside what it promises. */
export function contractIn(
  node: Node,
  { name, sla }: Pick<ThirdParty, 'name' | 'sla'>,
  reader: YamlReader,
): ContractTerms {
  const fields = reader.map(node, ['credits', 'reviewBy', 'exitPlan'], 'contract');
  const rows = reader.list(fields.get('credits'), 'credits');
  const credits = rows.map((row) => creditIn(row, reader));
  const [review, exit] = [fields.get('reviewBy'), fields.get('exitPlan')];
  const terms = {
    ...(credits.length > 0 && { credits }),
    ...(review && { reviewBy: dayIn(review, reader) }),
    ...(exit && { exitPlan: reader.text(exit, 'exitPlan') }),
  };
  const party = { name, kind: DependencyKind.HARD, ...(sla !== undefined && { sla }) };
  // Row by row, so that the place is that of the row which does not fit those before it.
  for (const [index, row] of rows.entries()) {
    const [wrong] = contractTermMistakes({
      ...party,
      contract: { credits: credits.slice(0, index + 1) },
    });
    if (wrong) reader.refuse(row, printable(wrong.problem), wrong.fix);
  }
  const [wrong] = contractTermMistakes({ ...party, contract: terms });
  if (wrong) reader.refuse(node, printable(wrong.problem), wrong.fix);
  return terms;
}

function creditIn(node: Node, reader: YamlReader): ServiceCredit {
  const fields = reader.map(node, ['below', 'percent'], 'a credit');
  const of = (key: string) => fields.get(key) ?? reader.refuse(node, `a credit has no ${key}`, `add ${key}`);
  const [below, share] = [of('below'), of('percent')];
  const text = reader.text(share, 'percent');
  const percent = Number(text.replace(/ ?%$/, ''));
  if (!(percent > 0 && percent <= 100))
    reader.refuse(
      share,
      `percent is ${printable(text)}`,
      'write how many per cent of the fee: more than 0, 100 at most',
    );
  return { below: availabilityIn(below, BELOW, reader), percent };
}

function dayIn(node: Node, reader: YamlReader): string {
  const text = reader.text(node, 'reviewBy');
  return isDate(text)
    ? text
    : reader.refuse(node, `reviewBy is ${printable(text)}, no day`, 'write a day as YYYY-MM-DD');
}
