import Ajv2020 from 'ajv/dist/2020';
import fc from 'fast-check';
import { quantify } from '../../lib/calculus/fault-tree/quantify';
import { parseFaultTree } from '../../lib/records/fault-tree-file';
import schema from '../../schemas/fault-tree-1.schema.json';
import { probabilityByTable } from '../calculus/fault-tree/definition';

const validate = new Ajv2020({ allowUnionTypes: true }).compile(schema);

const model = (
  definitions: string,
  data = '<define-basic-event name="a"><float value="0.1"/></define-basic-event><define-basic-event name="b"><float value="0.2"/></define-basic-event>',
) =>
  `<?xml version="1.0"?>\n<opsa-mef>\n<define-fault-tree name="t">\n${definitions}\n</define-fault-tree>\n<model-data>${data}</model-data>\n</opsa-mef>`;

const top = (formula: string) => model(`<define-gate name="top">${formula}</define-gate>`);
const A = '<basic-event name="a"/>';
const B = '<basic-event name="b"/>';

describe('a fault tree in Open-PSA', () => {
  it.each([
    ['and', `<and>${A}${B}</and>`, 0.02],
    ['or', `<or>${A}${B}</or>`, 0.28],
    ['xor', `<xor>${A}${B}</xor>`, 0.26],
    ['iff', `<iff>${A}${B}</iff>`, 0.74],
    ['imply', `<imply>${A}${B}</imply>`, 0.92],
    ['nand', `<nand>${A}${B}</nand>`, 0.98],
    ['nor', `<nor>${A}${B}</nor>`, 0.72],
    ['not', `<not>${A}</not>`, 0.9],
    ['atleast', `<atleast min="2">${A}${B}</atleast>`, 0.02],
    ['cardinality', `<cardinality min="1" max="1">${A}${B}</cardinality>`, 0.26],
    ['cardinality of any', `<cardinality min="0" max="2">${A}${B}</cardinality>`, 1],
    ['a bare event', A, 0.1],
    ['an event by any name', '<event name="t.b"/>', 0.2],
    ['a constant', `<and>${A}<constant value="true"/></and>`, 0.1],
    ['nested formulas', `<or><and>${A}<not>${B}</not></and><and>${B}<not>${A}</not></and></or>`, 0.26],
  ])('takes %s', (_, formula, probability) => {
    const tree = parseFaultTree(top(formula), 'm.xml');
    expect(quantify(tree).probability).toBeCloseTo(probability, 14);
    expect(probabilityByTable(tree)).toBeCloseTo(probability, 14);
  });

  it('takes parameters, arithmetic, exponentials and means', () => {
    const data = `
      <define-parameter name="rate"><label>per hour</label><float value="1e-3"/></define-parameter>
      <define-basic-event name="a"><exponential><parameter name="rate"/><int value="100"/></exponential></define-basic-event>
      <define-basic-event name="b"><mul><float value="0.5"/><sub><float value="1"/><float value="0.6"/></sub></mul></define-basic-event>
      <define-basic-event name="c"><lognormal-deviate><float value="0.25"/><float value="3"/><float value="0.95"/></lognormal-deviate></define-basic-event>`;
    const { events } = parseFaultTree(
      model(`<define-gate name="top"><or>${A}${B}<basic-event name="c"/></or></define-gate>`, data),
      'm.xml',
    );
    expect([...events].map(([name, { probability }]) => [name, Number(probability.toFixed(12))])).toEqual([
      ['a', Number((1 - Math.exp(-0.1)).toFixed(12))],
      ['b', 0.2],
      ['c', 0.25],
    ]);
  });

  it('takes components, comments, labels, house events and character references', () => {
    const tree = parseFaultTree(
      model(
        `<!-- top --><define-gate name="top"><label>x &lt; y &#x26; z</label><or><gate name="g"/><house-event name="h"/></or></define-gate>
        <define-component name="c"><define-gate name="g"><and>${A}${B}</and></define-gate></define-component>
        <define-house-event name="h"><constant value="false"/></define-house-event>`,
      ),
      'm.xml',
    );
    expect(quantify(tree).probability).toBeCloseTo(0.02, 14);
  });

  it.each([
    [
      'a document type',
      `<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>\n${top(A)}`,
      'm.xml:1: documents with a document type',
    ],
    ['an unknown entity', top(`<or>${A}&e;</or>`), 'm.xml:4: "&e;" is no character reference'],
    ['a wrong end', '<opsa-mef>\n</opsa>', 'm.xml:2: "opsa" ends here, but "opsa-mef" is open'],
    ['a missing end', '<opsa-mef>\n<define-gate name="g">', 'm.xml:2: neither text'],
    ['an attribute twice', '<opsa-mef a="1" a="2"/>', 'm.xml:1: the attribute "a" stands there twice'],
    ['more after the end', `${top(A)}\n<x/>`, 'something stands after the end'],
    ['no element', '<', 'm.xml:1: no element begins here'],
    ['another document', '<html></html>', 'm.xml:1: the document is "html"'],
    ['an unknown event', top('<or><basic-event name="z"/></or>'), 'm.xml:4: "z" is not defined'],
    ['an unknown formula', top(`<maybe>${A}</maybe>`), 'm.xml:4: "maybe" is no formula'],
    [
      'an unknown expression',
      model('', '<define-basic-event name="a"><GLM/></define-basic-event>'),
      '"GLM" is no expression',
    ],
    [
      'a bad probability',
      model('', '<define-basic-event name="a"><float value="2"/></define-basic-event>'),
      'the probability of "a" is 2',
    ],
    [
      'a number that is none',
      model('', '<define-basic-event name="a"><float value="x"/></define-basic-event>'),
      '"x" is no number',
    ],
    [
      'a parameter of itself',
      model(
        '',
        '<define-parameter name="p"><parameter name="p"/></define-parameter><define-basic-event name="a"><parameter name="p"/></define-basic-event>',
      ),
      'a parameter depends on itself',
    ],
    ['two definitions', model('<define-gate name="a"><or/></define-gate>'), '"a" is defined on line 4, too'],
    [
      'two tops',
      model(`<define-gate name="x">${A}</define-gate><define-gate name="y">${A}</define-gate>`),
      '2 gates are needed by no other: "x", "y"',
    ],
    [
      'no top',
      model('<define-gate name="x"><gate name="x"/></define-gate>'),
      'every gate is needed by another',
    ],
    [
      'a circle',
      model(
        `<define-gate name="top"><gate name="x"/></define-gate>\n<define-gate name="x"><or>${A}<gate name="x"/></or></define-gate>`,
      ),
      'm.xml:5: x: the gate fails by itself: x > x',
    ],
    ['an empty gate', top('<or/>'), 'm.xml:4: top: the gate has no inputs'],
    ['a min out of range', top(`<atleast min="3">${A}${B}</atleast>`), 'm.xml:4: top: its min is 3'],
    ['a gate without a formula', model('<define-gate name="top"/>'), 'the gate "top" has no formula'],
    [
      'common causes',
      model(`<define-gate name="top">${A}</define-gate><define-CCF-group name="c"/>`),
      '"define-CCF-group" is not read',
    ],
  ])('is refused for %s, with file and line', (_, text, message) =>
    expect(() => parseFaultTree(text, 'm.xml')).toThrow(message),
  );

  it('is read or refused, never a crash, whatever is cut out of it', () => {
    const text = top(`<or><and>${A}${B}</and>${A}<!-- note --></or>`);
    fc.assert(
      fc.property(fc.nat(text.length), fc.nat(30), (from, length) => {
        try {
          parseFaultTree(text.slice(0, from) + text.slice(from + length), 'm.xml');
        } catch (error) {
          expect((error as Error).name).toBe('ConfigurationError');
        }
      }),
      { seed: 7, numRuns: 1000 },
    );
  });

  it('may be nested 20,000 deep', () => {
    const deep = `${'<or>'.repeat(20_000)}${A}${'</or>'.repeat(20_000)}`;
    expect(quantify(parseFaultTree(top(deep), 'm.xml')).probability).toBe(0.1);
  });
});

describe('a fault tree in JSON', () => {
  const tree = {
    schema: 'nines.fault-tree/1',
    top: 'top',
    gates: {
      top: { type: 'or', inputs: ['pair', 'a'] },
      pair: { type: 'atleast', min: 2, inputs: ['b', 'c', 'h'] },
    },
    events: { a: { probability: 0.1 }, b: { probability: 0.1, shared: true }, c: { probability: 0.1 } },
    houseEvents: { h: false },
  };

  it('is read as its schema says', () => {
    expect(validate(tree)).toBe(true);
    expect(quantify(parseFaultTree(JSON.stringify(tree), 't.json')).probability).toBeCloseTo(0.109, 14);
  });

  const mistakes: readonly (readonly [string, string, string])[] = [
    [
      'a key is unknown',
      '{"top":"a","gates":{},"events":{},\n"evens":{}}',
      't.json:2:1: the fault tree has an unknown key evens',
    ],
    [
      'a key stands there twice',
      '{"top":"a","gates":{},"events":{"a":{"probability":0},\n"a":{"probability":1}}}',
      't.json:2:1',
    ],
    ['there are no events', '{"top":"a","gates":{}}', 't.json:1:1: the fault tree has no events'],
    [
      'a probability is a text',
      '{"top":"a","gates":{},"events":{"a":\n{"probability":"1"}}}',
      't.json:2:16: 1 is no number',
    ],
    [
      'a probability is too high',
      '{"top":"a","gates":{},"events":{\n"a":{"probability":2}}}',
      't.json:2:1: a: its probability is 2',
    ],
    [
      'a type is unknown',
      '{"top":"g","gates":{"g":\n{"type":"xor","inputs":["a"]}},"events":{}}',
      't.json:2:9: the gate g has no type',
    ],
    [
      'a gate has no inputs',
      '{"top":"g","gates":{"g":{"type":"or"}},"events":{}}',
      'the gate g has no inputs',
    ],
    [
      'an input is unknown',
      '{"top":"g","gates":{"g":{"type":"or","inputs":["z"]}},"events":{}}',
      't.json:1:21: g: its input "z"',
    ],
    ['the top is unknown', '{"top":"z","gates":{},"events":{}}', '"z" is neither a gate nor an event'],
    [
      'a house event is a text',
      '{"top":"a","gates":{},"events":{},"houseEvents":{"h":"true"}}',
      'true is no boolean',
    ],
    ['it is YAML', 'top: a\ngates: {}\nevents: {a: {probability: 0.1}}', 'it is no JSON, though it is YAML'],
    ['it is neither', '{"top":', 't.json:1'],
    ['it is a list', '[]', 't.json:1:1: the fault tree is no mapping'],
  ];

  it.each(mistakes)('is refused when %s, with file and line', (_, text, message) =>
    expect(() => parseFaultTree(text, 't.json')).toThrow(message),
  );

  it('is refused by its schema for what the reader refuses, but for names and places', () => {
    const ofForm = mistakes.filter(([why]) => !/unknown$|twice|YAML|neither/.test(why) || /key is/.test(why));
    for (const [why, text] of ofForm)
      if (!/key stands/.test(why)) expect([why, validate(JSON.parse(text))]).toEqual([why, false]);
  });

  it.each([
    [
      'a key that stands twice',
      '{"top":"a","gates":{},"events":{\n"a":{"probability":0.1},\n"a":{"probability":0.2}}}',
    ],
    ['a list that stays open', '{"top":"a","gates":{},"events":['],
  ])('is to be made valid JSON, and not YAML, for %s', (_, text) =>
    expect(() => parseFaultTree(text, 't.json')).toThrow(/write valid JSON/),
  );

  it('may have names that objects have of their own', () => {
    const text =
      '{"top":"__proto__","gates":{"__proto__":{"type":"or","inputs":["constructor"]}},"events":{"constructor":{"probability":0.5}}}';
    expect(quantify(parseFaultTree(text, 't.json')).probability).toBe(0.5);
  });
});
