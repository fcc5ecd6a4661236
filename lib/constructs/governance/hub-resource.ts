import { CfnResource, type ITaggable, TagManager, TagType } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';

/** What Resilience Hub is told of. @internal */
export type HubResourceType = 'Policy' | 'Service' | 'ServiceFunction' | 'System' | 'UserJourney';

/** The types that take tags. */
const TAGGED: readonly HubResourceType[] = ['Policy', 'Service', 'System'];

/**
 * A resource of the next-generation Resilience Hub. Not the class of the CDK, which its older versions do not have: they
 * could not even load a library that names it.
 *
 * @internal
 */
export class HubResource extends CfnResource implements ITaggable {
  readonly tags: TagManager;

  constructor(scope: Construct, id: string, type: HubResourceType, properties: Record<string, unknown>) {
    const cfnType = `AWS::ResilienceHubV2::${type}`;
    super(scope, id, { type: cfnType, properties });
    // KEY_VALUE writes what CloudFormation reads; STANDARD is in lower case, for classes that capitalise it.
    const tagType = TAGGED.includes(type) ? TagType.KEY_VALUE : TagType.NOT_TAGGABLE;
    this.tags = new TagManager(tagType, cfnType, undefined, { tagPropertyName: 'Tags' });
    // CloudFormation knows the types, cfn-lint 1.51.0 does not yet.
    this.addMetadata('cfn-lint', { config: { ignore_checks: ['E3006'] } });
  }
}
