import type { DependencyKind } from './dependency';
import type { ContractTerms, ThirdParty } from './third-party';

/** Somebody else's service that a stack watches, as its template carries it. Fractions are texts: linters refuse them as numbers. */
export interface CatalogueThirdParty {
  readonly name: string;
  readonly kind: DependencyKind;

  /** The availability in the contract. */
  readonly sla?: string;
  readonly statusPage?: string;
  readonly contract?: CatalogueContract;
}

/** What a contract says beside what it promises. */
export interface CatalogueContract extends Omit<ContractTerms, 'credits'> {
  readonly credits?: readonly CatalogueCredit[];
}

/** What it gives back below an availability. */
export interface CatalogueCredit {
  readonly below: string;

  /** Per cent of the fee. */
  readonly percent: string;
}

/**
 * A third party as the catalogue says it.
 *
 * @internal
 */
export function catalogueThirdParty({
  name,
  kind,
  sla,
  statusPage,
  contract,
}: ThirdParty): CatalogueThirdParty {
  return {
    name,
    kind,
    ...(sla !== undefined && { sla: String(sla) }),
    ...(statusPage !== undefined && { statusPage }),
    ...(contract && { contract: catalogueContract(contract) }),
  };
}

function catalogueContract({ credits = [], reviewBy, exitPlan }: ContractTerms): CatalogueContract {
  return {
    ...(credits.length > 0 && {
      credits: credits.map(({ below, percent }) => ({ below: String(below), percent: String(percent) })),
    }),
    ...(reviewBy !== undefined && { reviewBy }),
    ...(exitPlan !== undefined && { exitPlan }),
  };
}

/**
 * The third party that the catalogue says.
 *
 * @internal
 */
export function thirdPartyIn({ sla, contract, ...party }: CatalogueThirdParty): ThirdParty {
  const { credits, ...terms } = contract ?? {};
  return {
    ...party,
    ...(sla !== undefined && { sla: Number(sla) }),
    ...(contract && {
      contract: {
        ...terms,
        ...(credits && {
          credits: credits.map(({ below, percent }) => ({ below: Number(below), percent: Number(percent) })),
        }),
      },
    }),
  };
}
