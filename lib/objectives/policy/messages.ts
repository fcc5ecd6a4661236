import { Span, type TimeSpan } from '../../calculus/time-span';
import { type Decided, type Rows, row, same } from './decided';
import { EVENT_ARCHIVE, OWN_DECISION, SQS_DEAD_LETTERS, STREAM_RETENTION } from './sources';

/** How long messages wait for whoever needs them again. */
export interface MessagePolicy {
  /** How long a queue keeps messages that nobody has taken. */
  readonly messageRetention: Decided<TimeSpan>;

  /** How long set-aside messages wait for someone to look at them. */
  readonly deadLetterRetention: Decided<TimeSpan>;

  /** How often a message is tried before it is set aside. */
  readonly maximumReceives: Decided<number>;

  /** How far back a stream can be read again. */
  readonly streamRetention: Decided<TimeSpan>;

  /** How far back events can be replayed; `undefined` where no archive is owed. */
  readonly archiveRetention: Decided<TimeSpan | undefined>;
}

const { days } = Span;

/**
 * Messages by tier.
 *
 * @internal
 */
export const MESSAGES: Rows<MessagePolicy> = {
  messageRetention: row({
    values: same(days(4)),
    because: 'the default: a weekend of broken consumers loses nothing',
    source: SQS_DEAD_LETTERS,
  }),
  deadLetterRetention: row({
    values: [days(14), days(14), days(5), days(5)],
    because: [
      'the longest that a queue keeps anything: time to mend the consumer',
      'the longest that a queue keeps anything: time to mend the consumer',
      'longer than the queue itself: the age counts from the first sending',
      'longer than the queue itself: the age counts from the first sending',
    ],
    source: SQS_DEAD_LETTERS,
  }),
  maximumReceives: row({
    values: same(5),
    because:
      'enough for a consumer that is restarted or throttled, few enough to set a poisoned message aside',
    source: OWN_DECISION,
  }),
  streamRetention: row({
    values: same(days(7)),
    because: 'a week to mend a consumer and read again',
    source: STREAM_RETENTION,
  }),
  archiveRetention: row<TimeSpan | undefined>({
    values: [days(35), days(35), days(7), undefined],
    because: [
      'events can be replayed as far back as data can be repaired',
      'events can be replayed as far back as data can be repaired',
      'a week to mend a consumer and replay',
      'not owed',
    ],
    source: EVENT_ARCHIVE,
  }),
};
