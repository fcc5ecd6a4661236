import type { Credentials } from './clients';

/** Calls of services for which an SDK client each would be much. The emulator reads of the signature only for whom it is. */
export class RawApi {
  constructor(
    private readonly endpoint: string,
    private readonly region: string,
    private readonly credentials: Credentials,
  ) {}

  /** A service of the JSON protocol: `json('kms', 'TrentService.DescribeKey', { KeyId })`. */
  async json(service: string, target: string, body: object): Promise<Record<string, unknown>> {
    const headers = { 'content-type': 'application/x-amz-json-1.1', 'x-amz-target': target };
    const answer = await this.text(service, '/', { method: 'POST', headers, body: JSON.stringify(body) });
    // Some have nothing to say.
    return answer === '' ? {} : JSON.parse(answer);
  }

  /** A service of the REST protocol. */
  async get(service: string, path: string): Promise<Record<string, unknown>> {
    return JSON.parse(await this.text(service, path, { method: 'GET' }));
  }

  /** A service of the query protocol that answers with entries of keys and values. */
  async entries(
    service: string,
    parameters: Readonly<Record<string, string>>,
  ): Promise<Record<string, string>> {
    const answer = await this.query(service, parameters);
    const entries = [...answer.matchAll(/<key>([^<]*)<\/key>\s*<value>([^<]*)<\/value>/g)];
    return Object.fromEntries(entries.map(([, key = '', value = '']) => [key, value]));
  }

  /** The first element of a name in the answer of a service of the query protocol. */
  async element(
    service: string,
    parameters: Readonly<Record<string, string>>,
    name: string,
  ): Promise<string | undefined> {
    return elementIn(await this.query(service, parameters), name);
  }

  /** A service of the query protocol. */
  query(service: string, parameters: Readonly<Record<string, string>>): Promise<string> {
    const headers = { 'content-type': 'application/x-www-form-urlencoded' };
    const body = new URLSearchParams(parameters).toString();
    return this.text(service, '/', { method: 'POST', headers, body });
  }

  private async text(
    service: string,
    path: string,
    request: { readonly method: string; readonly headers?: Record<string, string>; readonly body?: string },
  ): Promise<string> {
    const credential = `${this.credentials.accessKeyId}/20200101/${this.region}/${service}/aws4_request`;
    const authorization = `AWS4-HMAC-SHA256 Credential=${credential}, SignedHeaders=host, Signature=0`;
    const headers = { ...request.headers, authorization };
    const response = await fetch(`${this.endpoint}${path}`, { ...request, headers });
    const answer = await response.text();
    if (!response.ok) throw new Error(`${service} answers ${response.status}: ${answer}`);
    return answer;
  }
}

/** The text of the first element of a name. */
export function elementIn(answer: string, name: string): string | undefined {
  return new RegExp(`<${name}>([^<]*)<`).exec(answer)?.[1];
}
