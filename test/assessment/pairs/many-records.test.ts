import { assessed, assumptionsOf, singlePoints } from '../../support/assess';

/** A name with so many weighted records, each with a health check. */
function records(count: number, weight = 50) {
  const one = (index: number) => ({
    Type: 'AWS::Route53::RecordSet',
    Properties: {
      Name: 'api.example.com',
      Type: 'A',
      HostedZoneId: 'Z1',
      SetIdentifier: String(index),
      Weight: weight,
      TTL: '60',
      ResourceRecords: [`192.0.2.${index}`],
      HealthCheckId: `check-${index}`,
    },
  });
  return assessed({
    Resources: Object.fromEntries(Array.from({ length: count }, (_, index) => [`R${index}`, one(index)])),
  });
}

describe('a name of many records', () => {
  it.each([-1, 1_000_000_000])('says that Route 53 refuses a weight of %i', (weight) => {
    expect(assumptionsOf(records(3, weight))).toContain(`has a weight of ${weight}, which Route 53 refuses`);
    expect(assumptionsOf(records(3))).not.toContain('refuses');
  });

  it('moves the users of a broken one to the others, where they are few', () => {
    expect(singlePoints(records(3)).filter((id) => id.includes('192.0.2'))).toEqual([]);
  });

  it('counts the users of a broken one as lost where they are too many, and says so', () => {
    const many = records(60);
    expect(singlePoints(many).filter((id) => id.includes('192.0.2'))).toHaveLength(60);
    expect(assumptionsOf(many)).toMatch(/the 60 records of api\.example\.com A are too many to follow/);
  });
});
