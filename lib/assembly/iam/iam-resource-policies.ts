import { oncePerGraph } from '../once-per-graph';
import { existsWith } from '../presence';
import { Resource } from '../resource';
import { Unknown, type Value } from '../value';
import { standsFor } from './iam-resources';
import { type Grants, grantsIn, NO_GRANTS, together } from './iam-statements';

/** Types that hold a policy on themselves, and where. */
const OWN_POLICIES: Readonly<Record<string, string>> = {
  'AWS::Backup::BackupVault': 'AccessPolicy',
  'AWS::DynamoDB::Table': 'ResourcePolicy.PolicyDocument',
  'AWS::ECR::Repository': 'RepositoryPolicyText',
  'AWS::EFS::FileSystem': 'FileSystemPolicy',
  'AWS::KMS::Key': 'KeyPolicy',
  'AWS::KMS::ReplicaKey': 'KeyPolicy',
  'AWS::OpenSearchService::Domain': 'AccessPolicies',
};

/** Types that are a policy of other resources: which they name, and where the policy is. */
const POLICIES_OF_OTHERS: Readonly<Record<string, { readonly subject: string; readonly policy: string }>> = {
  'AWS::Events::EventBusPolicy': { subject: 'EventBusName', policy: 'Statement' },
  'AWS::Kinesis::ResourcePolicy': { subject: 'ResourceArn', policy: 'ResourcePolicy' },
  'AWS::Lambda::Permission': { subject: 'FunctionName', policy: '' },
  'AWS::S3::BucketPolicy': { subject: 'Bucket', policy: 'PolicyDocument' },
  'AWS::SNS::TopicInlinePolicy': { subject: 'TopicArn', policy: 'PolicyDocument' },
  'AWS::SNS::TopicPolicy': { subject: 'Topics', policy: 'PolicyDocument' },
  'AWS::SQS::QueueInlinePolicy': { subject: 'Queue', policy: 'PolicyDocument' },
  'AWS::SQS::QueuePolicy': { subject: 'Queues', policy: 'PolicyDocument' },
  'AWS::SecretsManager::ResourcePolicy': { subject: 'SecretId', policy: 'ResourcePolicy' },
};

const known = new WeakMap<Resource, Grants>();

/** What the policies of a resource itself grant and deny, whoever calls. */
export function resourceGrantsOf(resource: Resource): Grants {
  const found = known.get(resource) ?? allGrantsOf(resource);
  known.set(resource, found);
  return found;
}

function allGrantsOf(resource: Resource): Grants {
  const path = OWN_POLICIES[resource.type];
  const { byResource, hidden } = policiesOf(resource.stack.graph);
  const others = byResource.get(resource) ?? [];
  const own = path === undefined ? NO_GRANTS : grantsIn(resource, resource.get(path));
  return together([own, ...others.map((policy) => documentOf(policy, resource)), ...hidden]);
}

function documentOf(policy: Resource, subject: Resource): Grants {
  const certain = existsWith(policy, subject);
  if (policy.type === 'AWS::Lambda::Permission') return permission(policy, subject);
  const path = POLICIES_OF_OTHERS[policy.type]?.policy ?? 'PolicyDocument';
  const document = policy.get(path);
  return path === 'Statement' && document !== undefined
    ? grantsIn(policy, { Statement: document }, certain)
    : grantsIn(policy, document, certain);
}

/** A permission is a statement, written another way. */
function permission(policy: Resource, subject: Resource): Grants {
  const principal = policy.get('Principal') ?? '*';
  const isService = typeof principal === 'string' && /\.amazonaws\.com(\.cn)?$/.test(principal);
  const conditions = policy.get('SourceArn') ?? policy.get('SourceAccount');
  return {
    grants: [
      {
        effect: 'Allow',
        by: policy,
        actions: { values: [policy.get('Action') ?? ''], except: false },
        resources: { values: ['*'], except: false },
        principals: { values: [isService ? { Service: principal } : { AWS: principal }], except: false },
        certain: existsWith(policy, subject),
        ...(conditions !== undefined && { conditions }),
      },
    ],
    unknowns: [],
  };
}

interface Policies {
  readonly byResource: ReadonlyMap<Resource, readonly Resource[]>;

  /** Why a resource may have a policy that is not seen. */
  readonly hidden: readonly Grants[];
}

const policiesOf = oncePerGraph((graph): Policies => {
  const byResource = new Map<Resource, Resource[]>();
  const hidden: Grants[] = graph.unreadable
    .slice(0, 1)
    .map((reason) => ({ grants: [], unknowns: [new Unknown(reason)] }));
  const add = (policy: Resource, value: Value) => {
    const named = graph.resolve(value, policy);
    if (!(named instanceof Resource)) return;
    const subject = standsFor(named);
    byResource.set(subject, [...(byResource.get(subject) ?? []), policy]);
  };
  for (const policy of graph.ofType(...Object.keys(POLICIES_OF_OTHERS))) {
    const subjects = policy.list(POLICIES_OF_OTHERS[policy.type]?.subject ?? '');
    if (!(subjects instanceof Unknown)) for (const value of subjects) add(policy, value);
  }
  return { byResource, hidden };
});
