import { Stack, Token, Validations } from 'aws-cdk-lib/core';
import type { IConstruct } from 'constructs';
import type { CatalogueAcceptance } from '../../objectives/catalogue';
import { type Mistake, refuse } from '../../objectives/mistakes';
import type { RiskAcceptanceTerms } from '../../objectives/risk-acceptance';
import { boundMistakes, separationMistakes, termsMistakes } from '../../objectives/risk-acceptance-checks';
import { Tier } from '../../objectives/tier';
import { keepAccepted } from './accepted-risks';
import { ServiceScope } from './service-scope';
import { StackCatalogue } from './stack-catalogue';

/** What is accepted, why, until when, and who answers for it. It ends up in the template: name roles, no persons. */
export interface RiskAcceptanceProps extends RiskAcceptanceTerms {
  /**
   * The approver's signature over the canonical form, whose scope is the path of the construct.
   *
   * @default - it is not signed
   */
  readonly signature?: string;

  /**
   * The second approver's signature over the same.
   *
   * @default - it is not signed a second time
   */
  readonly secondSignature?: string;
}

/**
 * Accepts findings on a construct and all below it, for a time and with somebody who answers for it.
 *
 * They are acknowledged in the report of the CDK, and the template carries who approved what until when: after the last
 * day they count again, in the plug-in and in the command. Synthesis itself looks at no clock.
 *
 * ```ts
 * RiskAcceptance.of(database).accept({
 *   rules: ['RDS-01'],
 *   reason: 'the move to Aurora ends in March',
 *   author: 'team-shop',
 *   owner: 'head of logistics',
 *   approver: 'head of payments',
 *   ticket: 'RISK-142',
 *   compensatingControl: 'a restore is rehearsed each week',
 *   created: '2027-01-10',
 *   expires: '2027-03-31',
 * });
 * ```
 *
 * @see https://csrc.nist.gov/pubs/sp/800/39/final on accepting a risk as a response to it
 */
export class RiskAcceptance {
  /** The acceptances of a construct: a stack, or what stands in one. */
  static of(scope: IConstruct): RiskAcceptance {
    return new RiskAcceptance(scope);
  }

  private constructor(private readonly scope: IConstruct) {}

  /** @throws ConfigurationError with all mistakes, and where the tier of the construct's service allows less time */
  accept(props: RiskAcceptanceProps): void {
    const { scope } = this;
    refuse(scope.node.path, [...placeMistakes(scope), ...deployTimeMistakes(props)]);
    refuse(scope.node.path, termsMistakes(props));
    // What belongs to no service may be of any tier; the audit judges it at the one that it assumes.
    const tier = ServiceScope.of(scope)?.service.tier ?? Tier.STANDARD;
    refuse(scope.node.path, [...separationMistakes(props), ...boundMistakes(props, tier)]);
    const record = recordOf(scope.node.path, props);
    StackCatalogue.of(Stack.of(scope)).addAcceptance(record);
    keepAccepted(scope, record, record.rules);
    const reason = inWords(record);
    Validations.of(scope).acknowledge(...record.rules.map((rule) => ({ id: `cdk-nines::${rule}`, reason })));
  }
}

/** Only what is written is kept: props may be an object with more in it. */
function recordOf(path: string, props: RiskAcceptanceProps): CatalogueAcceptance {
  const { rules, reason, author, owner, approver, secondApprover } = props;
  const { ticket, compensatingControl, created, expires, signature, secondSignature } = props;
  return {
    rules: [...rules],
    scope: { path },
    reason,
    author,
    owner,
    approver,
    ...(secondApprover !== undefined && { secondApprover }),
    ticket,
    compensatingControl,
    created,
    expires,
    ...(signature !== undefined && { signature }),
    ...(secondSignature !== undefined && { secondSignature }),
  };
}

/** One line for the report of the CDK. */
function inWords(record: CatalogueAcceptance): string {
  const { reason, owner, approver, secondApprover, ticket, expires, compensatingControl } = record;
  const approvers = secondApprover === undefined ? approver : `${approver} and ${secondApprover}`;
  return `${reason} (owner ${owner}, approved by ${approvers} until ${expires}, ${ticket}; meanwhile: ${compensatingControl})`;
}

/** What an app or a stage is given stands in no template and in no assembly. */
function placeMistakes(scope: IConstruct): Mistake[] {
  return scope.node.scopes.some(Stack.isStack)
    ? []
    : [
        {
          problem: 'a risk is accepted outside of any stack',
          fix: 'accept it on a stack or on a construct in one',
        },
      ];
}

function deployTimeMistakes(props: RiskAcceptanceProps): Mistake[] {
  return Object.entries(props ?? {})
    .filter(([, value]) => [value].flat().some((each) => Token.isUnresolved(each)))
    .map(([name]) => ({ problem: `${name} is known only at deploy`, fix: `write ${name} as it is signed` }));
}
