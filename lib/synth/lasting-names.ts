import { Validations } from 'aws-cdk-lib/core';
import type { IConstruct } from 'constructs';
import type { Verdict } from '../audit/verdict';
import { EXCEPTIONS_RULE } from '../objectives/risk-acceptance-checks';

/**
 * Whether a finding is one that no acknowledgement may hide: what judges the exceptions, and what somebody accepted
 * although it does not hold.
 */
export function isLasting({ rule, refused }: Pick<Verdict, 'rule' | 'refused'>): boolean {
  return rule === EXCEPTIONS_RULE || refused !== undefined;
}

/**
 * Names for findings that no acknowledgement hides. The CDK suppresses what is acknowledged by its name, for ever, and
 * asks no plug-in: so a name that somebody acknowledged anywhere in the app is not used.
 */
export class LastingNames {
  private readonly acknowledged: ReadonlySet<string>;

  /** Reads a finished app. */
  constructor(app: IConstruct) {
    const entries = app.node.root.node.findAll().flatMap(({ node }) => node.metadata);
    const ids = entries
      .filter(({ type }) => type === Validations.ACKNOWLEDGED_RULES_METADATA_KEY)
      .flatMap(({ data }) => Object.keys(Object(data)));
    this.acknowledged = new Set(ids.map((id) => id.slice(id.indexOf('::') + 2)));
  }

  /** The name, or what is nearest to it and acknowledged by nobody. */
  of(name: string): string {
    const rule = name.replace(/\[.*$/, '');
    let free = name;
    for (let count = 1; this.acknowledged.has(free); count += 1)
      free = `${rule}[refused${count === 1 ? '' : `-${count}`}]`;
    return free;
  }
}
