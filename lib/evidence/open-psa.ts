import type { FaultTree, Gate } from '../calculus/fault-tree/fault-tree';
import { xmlText } from './xml';

/**
 * A fault tree as Open-PSA MEF XML, which other engines read, too. In pieces, a definition each.
 *
 * Open-PSA names are identifiers: others are replaced, and stand in the attribute `cdk-nines-name` and in the label, so
 * that nothing is lost when the file is read again. Gates that the top does not need are left out, as the top of a model
 * is the gate that no other needs.
 *
 * @see https://open-psa.github.io/mef/
 */
export function* renderOpenPsa(tree: FaultTree): Generator<string> {
  const identifiers = identifiersOf(tree);
  const write = (kind: string, name: string, content: string, more = '') =>
    `    <define-${kind} name="${identifiers.get(name)}">${describe(name, identifiers.get(name) ?? '', more)}${content}</define-${kind}>\n`;
  yield '<?xml version="1.0" encoding="UTF-8"?>\n<opsa-mef>\n  <define-fault-tree name="fault-tree">\n';
  for (const [name, gate] of gatesOf(tree)) yield write('gate', name, formula(gate, tree, identifiers));
  yield '  </define-fault-tree>\n  <model-data>\n';
  for (const [name, { probability, shared }] of tree.events)
    yield write(
      'basic-event',
      name,
      `<float value="${probability}"/>`,
      shared ? attribute('cdk-nines-shared', 'true') : '',
    );
  for (const [name, failed] of tree.houseEvents ?? [])
    yield write('house-event', name, `<constant value="${failed}"/>`);
  yield '  </model-data>\n</opsa-mef>\n';
}

/** The gates that the top needs, the top first; an event at the top gets a gate. */
function gatesOf({ top, gates }: FaultTree): ReadonlyMap<string, Gate> {
  const found = new Map<string, Gate>();
  const stack = [top];
  for (let name = stack.pop(); name !== undefined; name = stack.pop()) {
    const gate = gates.get(name);
    if (!gate || found.has(name)) continue;
    found.set(name, gate);
    for (const input of gate.inputs) stack.push(input);
  }
  if (found.size === 0) found.set(TOP, { type: 'or', inputs: [top] });
  return found;
}

/** What is called so when the top is an event: a name that no other thing may have. */
const TOP = '\u0000top';

function formula(
  { type, min = 0, inputs }: Gate,
  tree: FaultTree,
  identifiers: ReadonlyMap<string, string>,
): string {
  const written = [...new Set(inputs)].map(
    (input) => `<${kindOf(input, tree)} name="${identifiers.get(input)}"/>`,
  );
  if (type === 'not') return `<not>${written.join('')}</not>`;
  // Gates of one argument, and of counts that are `and` or `or`, are not valid there.
  if (written.length === 1) return written.join('');
  if (type !== 'atleast') return `<${type}>${written.join('')}</${type}>`;
  if (min === 1) return `<or>${written.join('')}</or>`;
  if (min === inputs.length) return `<and>${written.join('')}</and>`;
  return `<atleast min="${min}">${written.join('')}</atleast>`;
}

function kindOf(name: string, { gates, houseEvents }: FaultTree): string {
  if (gates.has(name)) return 'gate';
  return houseEvents?.has(name) ? 'house-event' : 'basic-event';
}

function describe(name: string, identifier: string, more: string): string {
  const named = name === identifier || name === TOP ? '' : attribute('cdk-nines-name', name);
  const attributes = named + more;
  const label = named === '' ? '' : `<label>${xmlText(name)}</label>`;
  return attributes === '' ? '' : `${label}<attributes>${attributes}</attributes>`;
}

function attribute(name: string, value: string): string {
  return `<attribute name="${name}" value="${xmlText(value)}"/>`;
}

/** A name for everything that Open-PSA takes: a letter, then letters, digits, lower lines, and single hyphens between. */
function identifiersOf(tree: FaultTree): ReadonlyMap<string, string> {
  const taken = new Map<string, number>();
  const identifiers = new Map<string, string>();
  for (const name of [...gatesOf(tree).keys(), ...tree.events.keys(), ...(tree.houseEvents?.keys() ?? [])]) {
    const plain = name
      .replace(/[^A-Za-z0-9_-]/g, '_')
      .replace(/-(?=-|$)/g, '_')
      .replace(/^(?![A-Za-z])/, 'n');
    let identifier = plain;
    while (taken.has(identifier)) {
      const count = (taken.get(plain) ?? 1) + 1;
      taken.set(plain, count);
      identifier = `${plain}_${count}`;
    }
    taken.set(identifier, 1);
    identifiers.set(name, identifier);
  }
  return identifiers;
}
