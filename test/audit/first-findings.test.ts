import { audit } from '../../lib/audit/engine';
import { firstFindings } from '../../lib/audit/first-findings';
import type { Rule } from '../../lib/audit/rule';
import { HIGH, INFO, MEDIUM, type SeverityByTier } from '../../lib/audit/severity';
import { renderFirstFindings } from '../../lib/evidence/first-findings-text';
import { graphOf } from '../support/graph';

/** A rule that fails wherever it looks. */
const failing = (
  id: string,
  severity: SeverityByTier,
  types: readonly string[],
  property?: string,
): Rule => ({
  id,
  title: `${id} holds.`,
  kind: 'redundancy',
  why: 'because',
  fix: 'mend it',
  severity,
  appliesTo: types,
  check: () => ({ outcome: 'fail', found: 'a', needed: 'b', ...(property !== undefined && { property }) }),
});

const TABLE = { Type: 'AWS::DynamoDB::Table', Properties: {} };
const readerOf = (id: string) => ({
  Type: 'AWS::Lambda::Function',
  Properties: { Environment: { Variables: { TABLE: { Ref: id } } } },
});

/** What comes first, as `RULE logicalId places`. */
function order(
  rules: readonly Rule[],
  resources: Readonly<Record<string, { Type: string; Properties: object }>>,
): readonly string[] {
  const graphs = [graphOf({ Resources: resources })];
  return firstFindings({ ...audit(graphs, { rules }), graphs, rules }).map(
    ({ rule, verdict, places }) => `${rule.id} ${verdict.logicalId} ${places}`,
  );
}

describe('the findings to fix first', () => {
  it('are errors before warnings, whatever leans on them', () => {
    const readers = Object.fromEntries(
      Array.from({ length: 40 }, (_, index) => [`R${index}`, readerOf('Table')]),
    );
    const rules = [
      failing('AAA-01', MEDIUM, ['AWS::DynamoDB::Table'], 'BillingMode'),
      failing('AAA-02', HIGH, ['AWS::SNS::Topic']),
    ];
    const resources = { Table: TABLE, ...readers, Topic: { Type: 'AWS::SNS::Topic', Properties: {} } };
    expect(order(rules, resources)).toEqual(['AAA-02 Topic 1', 'AAA-01 Table 1']);
  });

  it('are those of the more critical service first', () => {
    const rules = [failing('AAA-01', HIGH, ['AWS::SNS::Topic'])];
    const topics = {
      A: { Type: 'AWS::SNS::Topic', Properties: {} },
      B: { Type: 'AWS::SNS::Topic', Properties: {} },
    };
    const graphs = [graphOf({ Resources: topics })];
    const { verdicts } = audit(graphs, { rules });
    const louder = verdicts.map((verdict) =>
      verdict.logicalId === 'B' ? { ...verdict, tier: 0 as const } : verdict,
    );
    const [first] = firstFindings({ verdicts: louder, graphs, rules });
    expect([first?.verdict.logicalId, first?.places]).toEqual(['B', 2]);
  });

  it('are what holds data before what does not', () => {
    const rules = [
      failing('AAA-01', HIGH, ['AWS::SNS::Topic']),
      failing('AAA-02', HIGH, ['AWS::DynamoDB::Table']),
    ];
    expect(order(rules, { Topic: { Type: 'AWS::SNS::Topic', Properties: {} }, Table: TABLE })).toEqual([
      'AAA-02 Table 1',
      'AAA-01 Topic 1',
    ]);
  });

  it('are what more leans on', () => {
    const rules = [failing('AAA-01', HIGH, ['AWS::DynamoDB::Table'])];
    expect(order(rules, { Alone: TABLE, Read: TABLE, Reader: readerOf('Read') })).toEqual(['AAA-01 Read 2']);
  });

  it('are what one property mends before what is more work', () => {
    const rules = [
      failing('AAA-01', HIGH, ['AWS::SNS::Topic']),
      failing('AAA-02', HIGH, ['AWS::SNS::Topic'], 'KmsMasterKeyId'),
    ];
    expect(order(rules, { Topic: { Type: 'AWS::SNS::Topic', Properties: {} } })[0]).toBe('AAA-02 Topic 1');
  });

  it('are what is mended in place before what replaces the resource, and say so', () => {
    const rules = [
      { ...failing('AAA-01', HIGH, ['AWS::DynamoDB::Table'], 'KeySchema'), replaces: ['KeySchema'] },
      failing('AAA-02', HIGH, ['AWS::SNS::Topic']),
      { ...failing('AAA-03', MEDIUM, ['AWS::DynamoDB::Table'], 'KeySchema'), replaces: ['TableName'] },
    ];
    const resources = { Table: TABLE, Topic: { Type: 'AWS::SNS::Topic', Properties: {} } };
    expect(order(rules, resources)).toEqual(['AAA-02 Topic 1', 'AAA-01 Table 1', 'AAA-03 Table 1']);
    const graphs = [graphOf({ Resources: resources })];
    const [, moved] = firstFindings({ ...audit(graphs, { rules }), graphs, rules });
    expect(moved?.because).toEqual(['error at tier 1', 'late because its fix replaces the resource']);
    expect(moved?.verdict.fix).toBe(
      'mend it (changing KeySchema in place replaces the resource by a new, empty one)',
    );
  });

  it('are ten at the most, one for each rule, in one order', () => {
    const rules = Array.from({ length: 14 }, (_, index) =>
      failing(`AAA-${String(index + 1).padStart(2, '0')}`, INFO, ['AWS::SNS::Topic']),
    );
    const resources = { Topic: { Type: 'AWS::SNS::Topic', Properties: {} } };
    const ids = order(rules, resources);
    expect(ids).toHaveLength(10);
    expect(ids).toEqual(order([...rules].reverse(), resources));
  });

  it('are told with why they come first', () => {
    const rules = [failing('AAA-01', HIGH, ['AWS::DynamoDB::Table'], 'BillingMode')];
    const graphs = [graphOf({ Resources: { Read: TABLE, Reader: readerOf('Read') } })];
    const plain = (text: string) => text;
    const text = renderFirstFindings(firstFindings({ ...audit(graphs, { rules }), graphs, rules }), {
      bold: plain,
      dim: plain,
      red: plain,
      yellow: plain,
      cyan: plain,
      green: plain,
    });
    expect(text).toContain('1. AAA-01  AAA-01 holds.');
    expect(text).toContain(
      'first because: error at tier 1, holds data, 1 resource leans on it, one property',
    );
  });

  it('are none where nothing fails', () => {
    expect(order([failing('AAA-01', HIGH, ['AWS::SNS::Topic'])], { Table: TABLE })).toEqual([]);
  });
});
