import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Received } from './event-run';

/** A tool that is told of incidents: an HTTP server on a free port of this machine that keeps what it receives. */
export class IncidentTool {
  readonly received: Received[] = [];

  /** What it answers; what it refuses it does not keep. */
  status = 202;

  /** How often it was called, also when it refused. */
  calls = 0;

  private readonly server: Server;
  private address = '';

  constructor() {
    this.server = createServer(async (request, response) => {
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(chunk as Buffer);
      const headers = request.headers as Record<string, string>;
      this.calls += 1;
      const body = JSON.parse(Buffer.concat(chunks).toString());
      if (this.status < 300) this.received.push({ url: String(headers['x-called-as']), headers, body });
      response.writeHead(this.status).end();
    });
  }

  async open(): Promise<void> {
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
    this.address = `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  forget(): void {
    this.received.splice(0);
    this.calls = 0;
    this.status = 202;
  }

  /** EventBridge calls an address out there; here the call comes to this server. */
  readonly post = async ({ url, headers, body }: Received): Promise<number> => {
    const sent = { ...headers, 'content-type': 'application/json', 'x-called-as': url };
    const { status } = await fetch(this.address, {
      method: 'POST',
      headers: sent,
      body: JSON.stringify(body),
    });
    return status;
  };
}
