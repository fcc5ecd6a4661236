import { RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Duration } from 'aws-cdk-lib/core';
import fc from 'fast-check';
import {
  EventTimeline,
  type EventTimelineProps,
} from '../../lib/constructs/observe/correlation/event-timeline';
import { TimelineKind } from '../../lib/constructs/observe/correlation/timeline-events';
import type { Pattern } from '../support/pattern';

export const eventTimeline: Pattern<EventTimelineProps> = {
  construct: 'EventTimeline',
  build: (stack) => {
    // minimal
    new EventTimeline(stack, 'Timeline');
    // end
  },
  options: fc.record(
    {
      kinds: fc.array(fc.constantFrom(...Object.values(TimelineKind)), { maxLength: 8 }),
      archiveRetention: fc.constantFrom(1, 30, 90, 400).map((days) => Duration.days(days)),
      logRetention: fc.constantFrom(
        RetentionDays.ONE_MONTH,
        RetentionDays.ONE_YEAR,
        RetentionDays.TEN_YEARS,
        RetentionDays.INFINITE,
      ),
      deadLetterRetention: fc.constantFrom(1, 5, 14).map((days) => Duration.days(days)),
    },
    { requiredKeys: [] },
  ),
  buildWith: (stack, options) => {
    new EventTimeline(stack, 'Timeline', options);
  },
};
