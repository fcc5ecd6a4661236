/** A case of a rule's test on which CloudFormation Guard says something else than the audit, and why it has to. */
export interface Difference {
  readonly rule: string;

  /** What the audit says, and the name of the case. */
  readonly case: string;
  readonly why: string;
}

const NO_CONDITIONS =
  'Guard takes Fn::If for a value of its own: a hook sees the one that deploy chose, a raw template shows both';
const NO_VALUE = 'what is null or AWS::NoValue is there for Guard: a hook no longer sees it';
const NO_PARAMETERS = 'Guard does not know the defaults of parameters: a hook sees the values';
const OTHERS = 'another resource decides, and Guard looks at one: the audit sees both';
const PIPES = 'what a pipe reads from is in no one property: only rules and schedules are asked';
const REPLICA_TAG = 'the tag stands at the replica, and Guard asks the table';

/** All of them: on every other passing, failing or not applicable case of their rules the two agree. */
export const DIFFERENCES: readonly Difference[] = [
  { rule: 'CGN-01', case: 'pass: either choice is', why: NO_CONDITIONS },
  { rule: 'ECS-08', case: 'pass: either choice is', why: NO_CONDITIONS },
  { rule: 'EVB-02', case: 'pass: either choice does', why: NO_CONDITIONS },
  { rule: 'LAM-07', case: 'pass: either choice is', why: NO_CONDITIONS },
  { rule: 'S3-01', case: 'pass: a condition changes nothing about it', why: NO_CONDITIONS },
  { rule: 'DMS-02', case: 'pass: it is by default', why: NO_VALUE },
  { rule: 'NEP-04', case: 'pass: it does by default', why: NO_VALUE },
  { rule: 'RDS-14', case: 'pass: it takes them by default', why: NO_VALUE },
  { rule: 'RSH-01', case: 'pass: it is, for a day by default', why: NO_VALUE },
  { rule: 'LAM-04', case: 'fail: the reservation is empty', why: NO_VALUE },
  { rule: 'RDS-01', case: 'pass: a parameter says so by default', why: NO_PARAMETERS },
  { rule: 'RDS-05', case: 'pass: a parameter says so by default', why: NO_PARAMETERS },
  { rule: 'EC2-01', case: 'fail: its launch template does not protect it', why: OTHERS },
  { rule: 'ELB-09', case: 'pass: no listener of a Network Load Balancer speaks TLS', why: OTHERS },
  { rule: 'RDS-01', case: 'fail: SQL Server neither mirrors nor is Multi-AZ', why: OTHERS },
  { rule: 'RDS-01', case: 'fail: SQL Server has no option group', why: OTHERS },
  { rule: 'S3-04', case: 'pass: it takes access logs, which no lock lets in', why: OTHERS },
  { rule: 'S3-04', case: 'pass: logs are delivered to it, and nobody can delete them', why: OTHERS },
  { rule: 'S3-10', case: 'pass: the bucket for logs logs nothing itself', why: OTHERS },
  { rule: 'S3-12', case: 'pass: the bucket for access logs is under the key of S3', why: OTHERS },
  { rule: 'S3-12', case: 'pass: a load balancer logs to it', why: OTHERS },
  { rule: 'EVB-01', case: 'fail: a pipe from a stream does not', why: PIPES },
  { rule: 'DDB-02', case: 'pass: its replica is declared rebuildable', why: REPLICA_TAG },
  { rule: 'LAM-04', case: 'pass: a custom resource calls it', why: OTHERS },
  { rule: 'LAM-08', case: 'pass: a custom resource calls it', why: OTHERS },
  {
    rule: 'OSS-03',
    case: 'fail: a log group is a number',
    why: 'Guard takes a number for a value as good as a text, and CloudFormation refuses it anyway',
  },
];
