import type { CfnGlobalTable } from 'aws-cdk-lib/aws-dynamodb';
import { type ITaggable, Lazy, TagManager, TagType } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';

/**
 * Takes tags for the replica of a global table in another account: the CDK's class has none, so that backups, which go by
 * tags, would not find it.
 *
 * @internal
 */
export class ReplicaTags extends Construct implements ITaggable {
  readonly tags = new TagManager(TagType.STANDARD, 'AWS::DynamoDB::GlobalTable');

  constructor(scope: Construct, id: string, table: CfnGlobalTable) {
    super(scope, id);
    // An override is written as it is, so in the words of the template.
    const produce = () =>
      Object.entries(this.tags.tagValues()).map(([name, value]) => ({ Key: name, Value: value }));
    // Restore tests ask before the tags are set: what they saw must not be kept.
    const tags = Lazy.uncachedAny({ produce }, { omitEmptyArray: true });
    table.addPropertyOverride('Replicas.0.Tags', tags);
  }
}
