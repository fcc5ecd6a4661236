import type { Clients } from '../../clients';

/** A deployed resource, before anybody asked the service that runs it. */
export interface Subject {
  readonly physicalId: string;

  /** Its properties, with every reference replaced by what was deployed. */
  readonly declared: Readonly<Record<string, unknown>>;
}

/** What a service says about a resource, in the words of CloudFormation. What it does not say is `undefined`. */
export type Live = Readonly<Record<string, unknown>>;

/** Asks the service that runs a resource; `undefined` when it has none of that name. */
export type Reader = (subject: Subject, clients: Clients) => Promise<Live | undefined>;
