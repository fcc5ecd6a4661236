import { all, type Judgement, notApplicable } from '../judgement';
import { isSet } from '../property-truth';
import { judgeValue } from '../question';
import type { Resource } from '../resource';
import { STATEFUL_TYPES, withoutOwnData } from './stateful';

const KEY = 'AWS::KMS::Key';

/** Data on them is scratch, or stands in the template itself: they are made anew as they were. */
const MADE_ANEW: readonly string[] = ['AWS::EC2::Instance', 'AWS::SSM::Parameter'];

/** The types whose data is lost when CloudFormation deletes or replaces a resource. What a key encrypts is lost with it. */
export const KEPT_TYPES: readonly string[] = [
  ...STATEFUL_TYPES.filter((type) => !MADE_ANEW.includes(type)),
  KEY,
];

/** Types of which CloudFormation takes a snapshot on deletion where the template says nothing. */
const SNAPSHOT_BY_DEFAULT: readonly string[] = ['AWS::RDS::DBCluster', 'AWS::RDS::DBInstance'];

/** Judges whether the data of a resource outlives its deletion and its replacement by CloudFormation. */
export function keptWhenDeleted(resource: Resource): Judgement {
  const exempt = withoutOwnData(resource);
  if (exempt) return exempt;
  if (resource.type === KEY && resource.text('Origin') === 'EXTERNAL')
    return notApplicable('the material of the key is kept elsewhere');
  return all(
    judgePolicy(resource, 'DeletionPolicy', ['Retain', 'RetainExceptOnCreate', 'Snapshot']),
    judgePolicy(resource, 'UpdateReplacePolicy', ['Retain', 'Snapshot']),
  );
}

function judgePolicy(
  resource: Resource,
  name: 'DeletionPolicy' | 'UpdateReplacePolicy',
  kept: readonly string[],
): Judgement {
  const question = {
    path: name,
    needed: 'Retain or Snapshot',
    options: { default: name === 'DeletionPolicy' ? defaultOf(resource) : 'Delete' },
    test: (value: unknown) => kept.includes(String(value)),
  };
  return judgeValue(question, resource.attribute(name));
}

/** @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-attribute-deletionpolicy.html */
function defaultOf(resource: Resource): string {
  const standalone =
    isSet(resource, 'DBClusterIdentifier') === false || resource.type === 'AWS::RDS::DBCluster';
  return SNAPSHOT_BY_DEFAULT.includes(resource.type) && standalone ? 'Snapshot' : 'Delete';
}
