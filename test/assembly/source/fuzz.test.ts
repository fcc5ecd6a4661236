import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { load } from '../../../lib/assembly/source/load';
import { ConfigurationError } from '../../../lib/errors';
import { folderOf } from './workspace';

const JSON_TEMPLATE = JSON.stringify(
  {
    AWSTemplateFormatVersion: '2010-09-09',
    Parameters: { Size: { Type: 'String', Default: 'small' } },
    Conditions: {
      Large: { 'Fn::Equals': [{ Ref: 'Size' }, 'large'] },
      Small: { 'Fn::Not': [{ Condition: 'Large' }] },
    },
    Resources: {
      Queue: {
        Type: 'AWS::SQS::Queue',
        Condition: 'Large',
        Properties: { QueueName: { 'Fn::Sub': `q-\${Topic}` } },
      },
      Topic: { Type: 'AWS::SNS::Topic', DependsOn: ['Other'] },
      Other: { Type: 'AWS::SNS::Topic', Metadata: { 'aws:cdk:path': 'Shop/Other/Resource' } },
      'Fn::ForEach::Loop': ['Id', ['a', 'b'], { More: { Type: 'AWS::SNS::Topic' } }],
      Nested: { Type: 'AWS::CloudFormation::Stack', Properties: { TemplateURL: 'template' } },
    },
  },
  null,
  1,
);

const YAML_TEMPLATE = `
Parameters: &p
  Size: {Type: String, Default: yes}
Mappings: {m: &m {a: 012, b: [1, 2]}}
Conditions:
  Large: !Equals [!Ref Size, "large"]
Resources:
  Queue:
    Type: AWS::SQS::Queue
    DependsOn: Topic
    Properties:
      <<: *m
      QueueName: !Sub 'q-\${Topic.Name}'
      Policy: |
        {"a": "b"}
      Other: !If [Large, !GetAtt Topic.Arn, !Ref AWS::NoValue]
      Text: "one
        two"
  Topic:
    Type: AWS::SNS::Topic # last
`;

const MANIFEST = JSON.stringify({
  version: '55.0.0',
  artifacts: {
    Shop: {
      type: 'aws:cloudformation:stack',
      environment: 'aws://111111111111/eu-west-1',
      properties: { templateFile: 'template', tags: { a: 'b' } },
      metadata: {
        '/Shop/Queue': [{ type: 'aws:cdk:logicalId', data: 'Queue', trace: ['new A (/a/b.ts:1:2)'] }],
      },
    },
    Stage: { type: 'cdk:cloud-assembly', properties: { directoryName: 'stage' } },
  },
});

const PIECES = [
  '{',
  '}',
  '[',
  ']',
  ',',
  ':',
  '"',
  "'",
  '\n',
  '\t',
  '- ',
  '&p ',
  '*p',
  '*m',
  '!Ref ',
  '!',
  '<<: ',
  '\0',
  '\\',
  'null',
  '__proto__',
  '# ',
  '|',
  '---\n',
  '%',
  '\ud800',
  'Ref',
  '5',
  '../',
];

interface Edit {
  readonly at: number;
  readonly removed: number;
  readonly added: string;
}

const edits = fc.array(
  fc.record<Edit>({
    at: fc.double({ min: 0, max: 1, noNaN: true }),
    removed: fc.oneof(fc.constant(0), fc.nat(12), fc.constant(1e9)),
    added: fc.oneof(fc.constantFrom(...PIECES), fc.string({ maxLength: 4, unit: 'binary' })),
  }),
  { minLength: 1, maxLength: 4 },
);

function edited(text: string, changes: readonly Edit[]): string {
  return changes.reduce((before, { at, removed, added }) => {
    const offset = Math.floor(at * before.length);
    return before.slice(0, offset) + added + before.slice(offset + removed);
  }, text);
}

describe('text that was changed at random', () => {
  test.each([
    ['template', JSON_TEMPLATE, 'template'],
    ['template', YAML_TEMPLATE, 'template'],
    ['folder.yaml', YAML_TEMPLATE, ''],
    ['manifest.json', MANIFEST, ''],
  ])('is read or refused as %s, and nothing else happens', (name, text, path) => {
    const folder = folderOf({ template: JSON_TEMPLATE.replace('template', 'other') });
    fc.assert(
      fc.property(edits, (changes) => {
        writeFileSync(join(folder, name), edited(text, changes));
        try {
          load([join(folder, path)]);
        } catch (error) {
          if (!(error instanceof ConfigurationError)) throw error;
          expect(error.line).not.toMatch(/[\p{Cc}\u2028\u202e]/u);
        }
      }),
      { numRuns: 400 },
    );
  });
});
