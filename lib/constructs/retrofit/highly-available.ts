import { CfnQueue } from 'aws-cdk-lib/aws-sqs';
import { CfnDeletionPolicy, CfnResource, type IAspect } from 'aws-cdk-lib/core';
import type { IConstruct, IMixin } from 'constructs';
import { isSeen, takesDeadLetters, tellOf } from './dead-letter-watch';
import type { Improvement } from './improvement';
import { COMPUTE } from './improvements/compute';
import { DATA } from './improvements/data';
import { TRAFFIC_IMPROVEMENTS } from './improvements/traffic';
import { clearProperty, fillProperty, isIntrinsic, readProperty } from './l1-properties';
import { deadLettersSeen, inWords, locked, type Owing } from './owed';
import { type RetrofitFinding, RetrofitOutcome, RetrofitReport } from './retrofit-report';
import { isLeftOpen, owingOf, type RetrofitProps } from './retrofit-scope';

/**
 * Gives resources what their tier owes, where nobody said otherwise: `bucket.with(new HighlyAvailable({ tier }))` for one,
 * `Mixins.of(app).apply(…)` for all that are there, `Aspects.of(app).add(…)` for those to come as well. It never
 * overwrites a value, and never has a resource made anew unless asked; what it finds weak and leaves is in {@link report}.
 *
 * @throws ConfigurationError when it comes to a resource and the tier is none
 * @see https://docs.aws.amazon.com/cdk/v2/guide/aspects.html
 * @see https://docs.aws.amazon.com/wellarchitected/latest/reliability-pillar/rel_fault_isolation_multiaz_region_system.html
 */
export class HighlyAvailable implements IMixin, IAspect {
  /** What it changed, and what it left. */
  readonly report: RetrofitReport;

  private readonly props: RetrofitProps;

  /** @param report a report to go on with, of another part of the app */
  constructor(props: RetrofitProps = {}, report: RetrofitReport = new RetrofitReport()) {
    this.props = props;
    this.report = report;
  }

  /** Whether a construct is a resource of a type that a tier decides something of. */
  supports(construct: IConstruct): construct is CfnResource {
    return (
      CfnResource.isCfnResource(construct) &&
      (BY_TYPE.has(construct.cfnResourceType) || KEPT_TYPES.includes(construct.cfnResourceType))
    );
  }

  /**
   * Fills what is open in a resource that it supports, and leaves everything else alone.
   *
   * @throws ConfigurationError when the tier is none
   */
  applyTo(construct: IConstruct): void {
    if (!this.supports(construct)) return;
    const owing = owingOf(construct, this.props.tier);
    if (!owing) return;
    for (const row of BY_TYPE.get(construct.cfnResourceType) ?? []) this.improve(construct, row, owing);
    if (KEPT_TYPES.includes(construct.cfnResourceType)) this.keep(construct, owing);
    if (construct instanceof CfnQueue) this.watch(construct);
  }

  /** The same, for an aspect. */
  visit(node: IConstruct): void {
    this.applyTo(node);
  }

  private improve(resource: CfnResource, row: Improvement, owing: Owing): void {
    const owed = row.owed(owing);
    const read = (property: string): unknown => readProperty(resource, property);
    if (!owed || row.unless?.(resource, read)) return;
    const found = read(row.property);
    if (isIntrinsic(found)) return;
    const holds = found ?? row.defaultsTo;
    const weak = holds === undefined || row.isWeaker(holds, owed.value);
    if (!weak || (row.onlySaid && takesDeadLetters(resource))) return;
    const { written = String, inWords: words = inWords } = row;
    const finding = {
      path: resource.node.path,
      property: row.property,
      from: words(found),
      to: words(row.replaces || row.onlySaid ? owed.value : written(owed.value)),
      because: owed.because,
      source: owed.source,
    };
    this.report.add(resource, { ...finding, outcome: this.act(resource, row, found, owed.value) });
  }

  private act(resource: CfnResource, row: Improvement, found: unknown, owed: unknown): RetrofitOutcome {
    if (row.onlySaid || isLeftOpen(resource, row.property)) return RetrofitOutcome.LEFT;
    if (row.replaces && !this.props.replace) return RetrofitOutcome.WOULD_REPLACE;
    const value = row.written(owed);
    // To have it made anew with nothing there is what was asked for.
    if (row.replaces && value === undefined) {
      clearProperty(resource, row.property);
      return RetrofitOutcome.CHANGED;
    }
    if (found !== undefined) return RetrofitOutcome.LEFT;
    fillProperty(resource, row.property, value);
    return RetrofitOutcome.CHANGED;
  }

  /** Somebody is told of what others set aside in a queue. */
  private watch(queue: CfnQueue): void {
    if (!takesDeadLetters(queue) || isSeen(queue)) return;
    const { notifications } = this.props;
    const isTold = notifications !== undefined && tellOf(queue, notifications);
    this.report.add(queue, {
      path: queue.node.path,
      property: 'alarm',
      from: 'none',
      to: 'one on ApproximateNumberOfMessagesVisible',
      because: deadLettersSeen.because,
      source: deadLettersSeen.source,
      outcome: isTold ? RetrofitOutcome.CHANGED : RetrofitOutcome.LEFT,
    });
  }

  /** What holds data stays when its stack is deleted, or when it is made anew. */
  private keep(resource: CfnResource, owing: Owing): void {
    const owed = locked(owing);
    const { deletionPolicy, updateReplacePolicy } = resource.cfnOptions;
    if (!owed || deletionPolicy === CfnDeletionPolicy.RETAIN) return;
    const isOpen = deletionPolicy === undefined && updateReplacePolicy === undefined;
    if (!isOpen && deletionPolicy !== CfnDeletionPolicy.DELETE) return;
    const finding: Omit<RetrofitFinding, 'outcome'> = {
      path: resource.node.path,
      property: 'DeletionPolicy',
      from: deletionPolicy ?? 'not set',
      to: CfnDeletionPolicy.RETAIN,
      because: owed.because,
      source: owed.source,
    };
    if (isOpen) {
      resource.cfnOptions.deletionPolicy = CfnDeletionPolicy.RETAIN;
      resource.cfnOptions.updateReplacePolicy = CfnDeletionPolicy.RETAIN;
    }
    const outcome = isOpen ? RetrofitOutcome.CHANGED : RetrofitOutcome.LEFT;
    this.report.add(resource, { ...finding, outcome });
  }
}

const BY_TYPE = new Map<string, readonly Improvement[]>();
for (const row of [...DATA, ...TRAFFIC_IMPROVEMENTS, ...COMPUTE]) {
  BY_TYPE.set(row.type, [...(BY_TYPE.get(row.type) ?? []), row]);
}

/** Types whose resources hold data, and are deleted with their stack where nobody says otherwise. */
const KEPT_TYPES: readonly string[] = [
  'AWS::DynamoDB::GlobalTable',
  'AWS::DynamoDB::Table',
  'AWS::EFS::FileSystem',
  'AWS::FSx::FileSystem',
  'AWS::MSK::Cluster',
  'AWS::S3::Bucket',
];
