import { knownOf } from '../checks/deployed';
import { resolve } from '../checks/resolve';
import type { Clients } from '../clients';
import type { SynthesisedStack, Template } from '../example';
import { type Account, type Beside, invoke, type Said } from './lambda-process';

/** How a stack is reached, and who its functions are. */
export interface Reach {
  readonly clients: Clients;
  readonly account: Account;
}

/** A stack that stands in the emulator, with functions that can be called. */
export class Standing {
  readonly clients: Clients;
  private readonly account: Account;

  private constructor(
    readonly stack: SynthesisedStack,
    /** As it was synthesised. */
    readonly template: Template,
    private readonly known: Awaited<ReturnType<typeof knownOf>>,
    { clients, account }: Reach,
  ) {
    this.clients = clients;
    this.account = account;
  }

  static async of(stack: SynthesisedStack, template: Template, reach: Reach): Promise<Standing> {
    return new Standing(stack, template, await knownOf(stack, template, reach.clients), reach);
  }

  /** The logical id of the only resource whose id is these words before the hash. */
  idOf(words: string): string {
    const ids = Object.keys(this.template.Resources).filter((id) => id.replace(/[0-9A-F]{8}$/, '') === words);
    const [id] = ids;
    if (id === undefined || ids.length > 1) throw new Error(`${ids.length} resources are called ${words}`);
    return id;
  }

  /** The properties of a resource, with every reference replaced by what was deployed. */
  async propertiesOf(id: string): Promise<Readonly<Record<string, unknown>>> {
    const { Properties = {} } = this.template.Resources[id] ?? {};
    return (await resolve(Properties, this.known)) as Record<string, unknown>;
  }

  /** What a resource is called. */
  physicalId(id: string): string {
    const physicalId = this.known.physicalIds.get(id);
    if (physicalId === undefined) throw new Error(`${id} was not deployed`);
    return physicalId;
  }

  /** Calls a function: its code as it stands in the template, with the environment that was deployed. */
  async call(id: string, event: unknown, beside: Beside = {}): Promise<Said> {
    const { Code } = this.template.Resources[id]?.Properties ?? {};
    const { ZipFile: code = '' } = (Code ?? {}) as { readonly ZipFile?: string };
    const path = `/2015-03-31/functions/${this.physicalId(id)}/configuration`;
    const { Environment } = await this.clients.raw.get('lambda', path);
    const { Variables: environment = {} } = (Environment ?? {}) as { Variables?: Record<string, string> };
    return invoke(this.account, { code, environment, event, ...beside });
  }
}
