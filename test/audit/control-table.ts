/** The families of the published mapping, and the rules of each. `X-13..X-29` are all of them from 13 to 29. */
export const FAMILY_RULES: Readonly<Record<string, string>> = {
  REDUNDANCY:
    'ASG-01 ELB-01 ELB-02 LAM-05 RDS-01 RDS-02 ELC-02 ELC-03 OSS-01 NEP-03 DOC-03 EFS-02 NFW-01 VPC-03 VPC-04 ' +
    'AMQ-01 AMQ-02 FSX-02 DMS-01 DAX-01 MSK-01 X-13..X-29',
  BACKUP: 'RDS-05 DDB-01 DDB-02 DOC-01 NEP-01 ELC-01 RSH-01 S3-01 KIN-01 X-30 X-45',
  BACKUP_COVERAGE: 'EBS-01 EC2-05 RDS-06 RDS-07 DDB-04 EFS-01 S3-08 FSX-01 BKP-01..BKP-03 X-39 X-40',
  SECOND_REGION: 'S3-02 S3-03 CFR-01 EVB-02 X-02 X-32 X-43 X-44 X-47',
  IMMUTABILITY: 'BKP-04..BKP-09 S3-04 S3-05 RDS-21 RDS-22 EBS-03 EBS-05 X-33..X-37',
  DELETION_PROTECTION:
    'RDS-09 RDS-10 DDB-05 DOC-02 NEP-02 ELB-06 EC2-01 NFW-02 NFW-03 EKS-01 CGN-01 CFN-01 CFN-04 X-86',
  CAPACITY: 'ASG-07..ASG-10 DDB-03 DDB-06 LAM-04 RDS-19 X-16..X-23',
  HEALTH_CHECKS: 'ASG-02..ASG-04 ELB-03..ELB-05 ELB-07 R53-01..R53-04 RDS-03 RDS-04 X-01..X-12',
  MONITORING: 'CWA-01..CWA-04 RDS-12 RDS-13 RDS-23 RDS-27 EC2-02 ECS-01 EB-01 MSK-03 INC-01 X-70..X-76',
  AUDIT_TRAIL: 'CTR-01..CTR-07 CFG-01 GRD-01 SHB-01 X-81',
  LOG_RETENTION: 'CWL-01 CWL-02 ELB-09 S3-10 VPC-06 RDS-18 CFN-06 X-87',
  ENCRYPTION_KEYS: 'KMS-01 KMS-02 SEC-01 ACM-01 X-34 X-35',
  PATCHING: 'RDS-14 RDS-15 RDS-28 ELC-04 RSH-04 LAM-09 EKS-02 EB-02 ENG-01',
  MESSAGING: 'LAM-01..LAM-03 LAM-06 SQS-01 SNS-01 EVB-01 X-56..X-61',
  CHANGE_SAFETY: 'CDP-01..CDP-03 CPL-01 ACF-01 CFN-01..CFN-04 X-24 X-53 X-75 X-86',
  RECOVERY_TESTING: 'BKP-11 RHB-01 X-41 X-42 X-85',
  RESIDENCY: 'X-32 X-80',
  OBJECTIVES: 'X-50..X-55 X-83',
  EXCEPTIONS: 'X-84',
};

/** The families that the mapping names for a rule: none for rules that came later. */
export function familiesOf(rule: string): readonly string[] {
  return Object.keys(FAMILY_RULES).filter((family) => rulesOf(family).includes(rule));
}

function rulesOf(family: string): readonly string[] {
  return (FAMILY_RULES[family] ?? '').split(' ').flatMap(expand);
}

function expand(ids: string): readonly string[] {
  const [first = '', last] = ids.split('..');
  if (last === undefined) return [first];
  const dash = first.lastIndexOf('-');
  const number = (id: string) => Number(id.slice(id.lastIndexOf('-') + 1));
  return Array.from(
    { length: number(last) - number(first) + 1 },
    (_, index) => `${first.slice(0, dash)}-${String(number(first) + index).padStart(2, '0')}`,
  );
}
