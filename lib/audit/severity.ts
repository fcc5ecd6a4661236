import type { Tier } from '../objectives/tier';

/** How loud a finding is. */
export type Severity = 'error' | 'warning' | 'info';

/** How loud a rule's findings are at each tier. */
export type SeverityByTier = Readonly<Record<Tier, Severity>>;

/** An outage, or data that cannot be recovered. */
export const HIGH: SeverityByTier = { 0: 'error', 1: 'error', 2: 'warning', 3: 'info' };

/** An outage that lasts longer or spreads further than it need. */
export const MEDIUM: SeverityByTier = { 0: 'error', 1: 'warning', 2: 'warning', 3: 'info' };

/** A weakness that matters where much is owed. */
export const LOW: SeverityByTier = { 0: 'warning', 1: 'info', 2: 'info', 3: 'info' };

/** Worth knowing, never worth failing a build. */
export const INFO: SeverityByTier = { 0: 'info', 1: 'info', 2: 'info', 3: 'info' };
