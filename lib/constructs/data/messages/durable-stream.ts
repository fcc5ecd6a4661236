import { type IStream, Stream, StreamEncryption, StreamMode } from 'aws-cdk-lib/aws-kinesis';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { type IFunction, StartingPosition } from 'aws-cdk-lib/aws-lambda';
import { KinesisEventSource, SqsDlq } from 'aws-cdk-lib/aws-lambda-event-sources';
import type { Duration } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { STORE_FACTS } from '../../../calculus/store-facts';
import { type Mistake, refuse } from '../../../objectives/mistakes';
import type { DeadLetterProps } from '../../governance/dead-letter-alarm';
import { TierChoices } from '../../governance/tier-choices';
import { type DataProps, holdStore } from '../data-choice';
import { DeadLettersOnDemand } from '../dead-letters';
import { SetsAside } from '../sets-aside';

/** Properties of a {@link DurableStream}. */
export interface DurableStreamProps extends DataProps, DeadLetterProps {
  /**
   * How far back the stream can be read again, from 24 hours to 365 days.
   *
   * @default - 7 days at tiers 0 and 1, 24 hours below
   */
  readonly retention?: Duration;

  /**
   * Shards, where the load is known and steady.
   *
   * @default - none: the stream scales by itself (on demand)
   */
  readonly shardCount?: number;

  /**
   * How long it is remembered which records a consumer gave up, up to 14 days. The records themselves are in the stream
   * for its `retention`.
   *
   * @default - 14 days at tiers 0 and 1, 5 days below
   */
  readonly deadLetterRetention?: Duration;

  /**
   * A key of your own.
   *
   * @default - the key of AWS for Kinesis
   */
  readonly encryptionKey?: IKey;
}

/**
 * A stream that can be read again for as long as its tier owes, with consumers that one bad record does not stop: they
 * split the batch, give up after some attempts and note where the record is.
 *
 * @throws ConfigurationError when Kinesis has no such retention or number of shards, or the data is owed more than a
 * stream can keep
 * @see https://docs.aws.amazon.com/streams/latest/dev/disaster-recovery-resiliency.html
 */
export class DurableStream extends SetsAside {
  readonly stream: IStream;

  /** @internal */
  protected readonly setAside: DeadLettersOnDemand;

  constructor(scope: Construct, id: string, props: DurableStreamProps = {}) {
    super(scope, id);
    const choices = new TierChoices(this, props);
    const { shardCount, encryptionKey } = props;
    const { policy, removalPolicy } = choices;
    refuse(this.node.path, mistakesIn(props));
    const retentionPeriod = choices.longest({
      what: 'retention',
      owed: policy.streamRetention,
      chosen: props.retention,
    });
    holdStore(this, choices, props, STORE_FACTS.kinesisStream);
    this.stream = new Stream(this, 'Stream', {
      retentionPeriod,
      removalPolicy,
      ...(shardCount === undefined
        ? { streamMode: StreamMode.ON_DEMAND }
        : { streamMode: StreamMode.PROVISIONED, shardCount }),
      ...(encryptionKey
        ? { encryption: StreamEncryption.KMS, encryptionKey }
        : { encryption: StreamEncryption.MANAGED }),
    });
    this.setAside = new DeadLettersOnDemand(this, choices, props);
  }

  /**
   * Has a function read the stream from its oldest record.
   *
   * @param attempts how often a batch is tried before the record that breaks it is given up
   */
  consumeWith(target: IFunction, attempts = 5): KinesisEventSource {
    const source = new KinesisEventSource(this.stream, {
      startingPosition: StartingPosition.TRIM_HORIZON,
      retryAttempts: attempts,
      bisectBatchOnError: true,
      reportBatchItemFailures: true,
      onFailure: new SqsDlq(this.deadLetters),
    });
    target.addEventSource(source);
    return source;
  }
}

const SHORTEST_HOURS = 24;
const LONGEST_HOURS = 365 * 24;

function mistakesIn({ retention, shardCount }: DurableStreamProps): Mistake[] {
  const mistakes: Mistake[] = [];
  const hours = retention?.toHours({ integral: false });
  if (hours !== undefined && !(hours >= SHORTEST_HOURS && hours <= LONGEST_HOURS)) {
    mistakes.push({
      problem: `the stream is to keep its records for ${hours} h`,
      fix: `use ${SHORTEST_HOURS} h to ${LONGEST_HOURS} h (365 d)`,
    });
  }
  if (shardCount !== undefined && !(Number.isInteger(shardCount) && shardCount >= 1)) {
    mistakes.push({
      problem: `the stream is to have ${shardCount} shards`,
      fix: 'use a whole number of 1 or more, or leave shardCount out',
    });
  }
  return mistakes;
}
