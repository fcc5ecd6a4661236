import { changesAreGuarded, stackIsProtected, stackTellsOfChanges } from '../../../lib/audit/rules/cfn-stack';
import { Tier } from '../../../lib/objectives/tier';
import type { TestStack } from '../../support/graph';
import { outcomeOf } from '../../support/rule-cases';

const TOPIC = { Topic: { Type: 'AWS::SNS::Topic' } };
const TABLE = { Type: 'AWS::DynamoDB::Table', DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain' };
const stack = (rest: Partial<TestStack>, resources: object = TOPIC) => ({
  stacks: { Shop: { template: { Resources: { ...resources } }, ...rest } },
});
const BARE = { Resources: TOPIC };
const nested: TestStack = {
  template: { Resources: { Child: { Type: 'AWS::CloudFormation::Stack' } } },
  terminationProtection: true,
  notificationArns: ['arn:aws:sns:eu-west-1:1:told'],
  nested: { Child: { template: { Resources: TOPIC } } },
};

describe('CFN-01 stackIsProtected', () => {
  it('passes when the assembly says that the stack is protected', () =>
    expect(outcomeOf(stackIsProtected, stack({ terminationProtection: true }))).toBe('pass'));

  it('fails when the assembly says that it is not', () =>
    expect(outcomeOf(stackIsProtected, stack({ terminationProtection: false }))).toBe('fail'));

  it('fails when the assembly says nothing', () =>
    expect(outcomeOf(stackIsProtected, stack({}))).toBe('fail'));

  it('does not know the stack of a bare template', () =>
    expect(outcomeOf(stackIsProtected, BARE)).toBe('unknown'));

  it('asks the stack around a nested one', () =>
    expect(outcomeOf(stackIsProtected, { stacks: { Shop: nested } })).toBe('pass'));
});

describe('CFN-02 stackTellsOfChanges', () => {
  it('passes when a topic is told', () =>
    expect(
      outcomeOf(stackTellsOfChanges, stack({ notificationArns: ['arn:aws:sns:eu-west-1:1:told'] })),
    ).toBe('pass'));

  it('fails when the assembly names none', () =>
    expect(outcomeOf(stackTellsOfChanges, stack({ notificationArns: [] }))).toBe('fail'));

  it('does not know when the assembly leaves them as they are', () =>
    expect(outcomeOf(stackTellsOfChanges, stack({}))).toBe('unknown'));

  it('does not know the stack of a bare template', () =>
    expect(outcomeOf(stackTellsOfChanges, BARE)).toBe('unknown'));

  it('asks the stack around a nested one', () =>
    expect(outcomeOf(stackTellsOfChanges, { stacks: { Shop: nested } })).toBe('pass'));
});

describe('X-86 changesAreGuarded', () => {
  const given = (...parts: readonly string[]) => ({
    services: [],
    rules: { 'X-86': { parameters: { givenAtDeploy: parts } } },
  });
  const ALL = given('stackPolicy', 'rollbackAlarms', 'driftDetection');
  const guarded = stack({ terminationProtection: true }, { Table: TABLE });

  it('passes when all guards are there', () =>
    expect(outcomeOf(changesAreGuarded, guarded, 1, ALL)).toBe('pass'));

  it('passes when there is no data to keep', () =>
    expect(outcomeOf(changesAreGuarded, stack({ terminationProtection: true }), 0, ALL)).toBe('pass'));

  it('passes when the stack around a nested one is guarded', () =>
    expect(outcomeOf(changesAreGuarded, { stacks: { Shop: nested } }, 1, ALL)).toBe('pass'));

  it('fails when the stack may be deleted', () =>
    expect(outcomeOf(changesAreGuarded, stack({}, { Table: TABLE }), 1, ALL)).toBe('fail'));

  it('fails when a table is deleted with its stack', () => {
    const lost = stack(
      { terminationProtection: true },
      { Table: { Type: 'AWS::DynamoDB::Table' }, Other: TABLE },
    );
    expect(outcomeOf(changesAreGuarded, lost, 1, ALL)).toBe('fail');
  });

  it('does not know what is given at deploy', () => {
    expect(outcomeOf(changesAreGuarded, guarded)).toBe('unknown');
    expect(outcomeOf(changesAreGuarded, guarded, 1, given('stackPolicy', 'driftDetection'))).toBe('unknown');
  });

  it('does not know a policy that a parameter decides', () => {
    const Resources = { Table: { ...TABLE, DeletionPolicy: { Ref: 'Open' } } };
    const template = { Parameters: { Open: { Type: 'String' } }, Resources };
    const open = { stacks: { Shop: { template, terminationProtection: true } } };
    expect(outcomeOf(changesAreGuarded, open, 1, ALL)).toBe('unknown');
  });

  it('does not know the stack of a bare template', () =>
    expect(outcomeOf(changesAreGuarded, BARE, 1, ALL)).toBe('unknown'));

  it('does not apply at tiers 2 and 3', () => {
    expect(outcomeOf(changesAreGuarded, stack({}), Tier.IMPORTANT)).toBe('notApplicable');
    expect(outcomeOf(changesAreGuarded, stack({}), Tier.STANDARD)).toBe('notApplicable');
  });
});
