import type { IConstruct } from 'constructs';
import { ServiceScope } from '../governance/service-scope';

/** What became of one value. */
export enum RetrofitOutcome {
  /** Nobody had set it, so it is now what the tier owes. */
  CHANGED = 'changed',

  /** Somebody had set it weaker than the tier owes, or a machine cannot know better. */
  LEFT = 'left as it is',

  /** The value would have CloudFormation make the resource anew, and nobody asked for that. */
  WOULD_REPLACE = 'left: it would replace the resource',
}

/** One value that was looked at and is, or was, weaker than the tier owes. */
export interface RetrofitFinding {
  /** The construct. */
  readonly path: string;

  /** The property: `multiAz`, `healthCheck.interval`. */
  readonly property: string;

  /** What it was, in words: `not set`. */
  readonly from: string;

  /** What the tier owes, in words. */
  readonly to: string;

  /** Why the tier owes it. */
  readonly because: string;

  /** The page that says so, or who decided. */
  readonly source: string;

  readonly outcome: RetrofitOutcome;
}

/**
 * Everything that a retrofit changed, and what it found weak and left.
 *
 * @see https://csrc.nist.gov/pubs/sp/800/53/r5/upd1/final CM-3 asks for a record of each change
 */
export class RetrofitReport {
  private readonly found = new Map<string, RetrofitFinding>();

  /** What was changed, by path. */
  get changes(): readonly RetrofitFinding[] {
    return this.findings.filter(({ outcome }) => outcome === RetrofitOutcome.CHANGED);
  }

  /** What is weaker than the tier owes and was left, by path. */
  get left(): readonly RetrofitFinding[] {
    return this.findings.filter(({ outcome }) => outcome !== RetrofitOutcome.CHANGED);
  }

  /** Both, by path. */
  get findings(): readonly RetrofitFinding[] {
    return [...this.found].sort(([one], [other]) => (one < other ? -1 : 1)).map(([, finding]) => finding);
  }

  /** Keeps a finding once, here and in the catalogue of the service that `near` belongs to. @internal */
  add(near: IConstruct, finding: RetrofitFinding): void {
    const key = `${finding.path}.${finding.property}`;
    if (this.found.has(key) || this.isToldOfParent(finding)) return;
    this.found.set(key, finding);
    const { path, property, from, to, because, source, outcome } = finding;
    const below = path === near.node.path ? property : `${path.slice(near.node.path.length + 1)}.${property}`;
    const changed = outcome === RetrofitOutcome.CHANGED;
    ServiceScope.of(near)?.record(near, {
      what: below,
      value: changed ? to : from,
      because: changed ? because : `${outcome}; the tier owes ${to}: ${because}`,
      source: changed ? source : 'retrofit',
    });
  }

  /** Whether the resource repeats what its construct was already found to be given. */
  private isToldOfParent({ path, property, from }: RetrofitFinding): boolean {
    const parent = path.slice(0, path.lastIndexOf('/'));
    return this.found.get(`${parent}.${property}`)?.from === from;
  }

  /** As a table for people. */
  toMarkdown(): string {
    const row = ({ path, property, from, to, because, outcome }: RetrofitFinding): string =>
      `| ${[path, property, from, to, outcome, because].map(inCell).join(' | ')} |`;
    return [
      '| Construct | Property | From | Owed | Outcome | Because |',
      '|---|---|---|---|---|---|',
      ...this.findings.map(row),
      '',
      `${this.changes.length} changed, ${this.left.length} left.`,
      '',
    ].join('\n');
  }
}

function inCell(text: string): string {
  return text.replace(/\|/g, '\\|').replace(/\s+/g, ' ');
}
