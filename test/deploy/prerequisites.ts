import { CreateHostedZoneCommand, type Route53Client } from '@aws-sdk/client-route-53';
import { CREDENTIALS } from './clients';
import type { Template } from './example';
import { RawApi } from './raw-api';

/**
 * Makes what templates take for granted, hosted zones and certificates, and tells what the emulator called each: it lets
 * nobody choose an id.
 */
export class Prerequisites {
  private readonly names = new Map<string, string>();

  constructor(
    private readonly endpoint: string,
    private readonly route53: Route53Client,
  ) {}

  /** The name in the emulator of each thing that a template takes for granted, by the name in the template. */
  async namesFor(template: Template): Promise<ReadonlyMap<string, string>> {
    for (const { Type, Properties = {} } of Object.values(template.Resources)) {
      const { HostedZoneId: id, Name: record } = Properties;
      if (Type !== 'AWS::Route53::RecordSet' || typeof id !== 'string' || this.names.has(id)) continue;
      this.names.set(id, await this.createHostedZone(parentOf(String(record)), id));
    }
    for (const [arn = '', region = ''] of JSON.stringify(template).matchAll(CERTIFICATES)) {
      if (!this.names.has(arn)) this.names.set(arn, await this.createCertificate(region));
    }
    return this.names;
  }

  private async createHostedZone(name: string, reference: string): Promise<string> {
    const { HostedZone } = await this.route53.send(
      new CreateHostedZoneCommand({ Name: name, CallerReference: reference }),
    );
    const id = HostedZone?.Id?.split('/').pop();
    if (id === undefined) throw new Error(`the emulator made no hosted zone ${name}`);
    return id;
  }

  private async createCertificate(region: string): Promise<string> {
    const asked = { DomainName: 'example.com' };
    const raw = new RawApi(this.endpoint, region, CREDENTIALS);
    const { CertificateArn: arn } = await raw.json('acm', 'CertificateManager.RequestCertificate', asked);
    if (typeof arn !== 'string') throw new Error(`the emulator made no certificate in ${region}`);
    return arn;
  }
}

const CERTIFICATES = /arn:aws:acm:([a-z0-9-]+):\d{12}:certificate\/[0-9a-f-]+/g;

/** `example.com` for `shop.example.com`. */
function parentOf(record: string): string {
  return record.slice(record.indexOf('.') + 1);
}
