import {
  GetHealthCheckCommand,
  GetHostedZoneCommand,
  ListResourceRecordSetsCommand,
  ListTagsForResourceCommand,
  type ResourceRecordSet,
  type Route53Client,
} from '@aws-sdk/client-route-53';
import type { Live, Reader, Subject } from './reader';

/** Which names lead where, and what takes them away from there. */
export const DNS_READERS: Readonly<Record<string, Reader>> = {
  'AWS::Route53::HostedZone': async ({ physicalId }, { route53 }) => {
    const { HostedZone: zone } = await route53.send(new GetHostedZoneCommand({ Id: physicalId }));
    return zone && { ...zone };
  },

  'AWS::Route53::HealthCheck': async ({ physicalId }, { route53 }) => {
    const { HealthCheck: check } = await route53.send(
      new GetHealthCheckCommand({ HealthCheckId: physicalId }),
    );
    const { ResourceTagSet } = await route53.send(
      new ListTagsForResourceCommand({ ResourceType: 'healthcheck', ResourceId: physicalId }),
    );
    return check && { HealthCheckConfig: check.HealthCheckConfig, HealthCheckTags: ResourceTagSet?.Tags };
  },

  'AWS::Route53::RecordSet': async (subject, { route53 }) => {
    const record = (await recordsOf(route53, subject)).find((each) => isSame(each, subject.declared));
    return record && inWordsOfTemplates(record, subject.declared.HostedZoneId);
  },
};

async function recordsOf(route53: Route53Client, { declared }: Subject): Promise<ResourceRecordSet[]> {
  const command = new ListResourceRecordSetsCommand({ HostedZoneId: String(declared.HostedZoneId) });
  const { ResourceRecordSets: records = [], IsTruncated } = await route53.send(command);
  if (IsTruncated)
    throw new Error(`the hosted zone ${declared.HostedZoneId} has more records than one page holds`);
  return records;
}

/** One name and type may have many records, told apart by their identifiers. */
function isSame(record: ResourceRecordSet, declared: Subject['declared']): boolean {
  return (
    withoutDot(record.Name) === withoutDot(declared.Name) &&
    record.Type === declared.Type &&
    record.SetIdentifier === declared.SetIdentifier
  );
}

function inWordsOfTemplates({ ResourceRecords, ...record }: ResourceRecordSet, zone: unknown): Live {
  return { ...record, HostedZoneId: zone, ResourceRecords: ResourceRecords?.map(({ Value }) => Value) };
}

function withoutDot(name: unknown): string {
  return String(name).replace(/\.$/, '');
}
