import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Json } from '../../support/event-run';
import type { OpsCenter } from '../../support/ops-center';

/** OpsCenter on a free port of this machine, as the SDK calls it: the emulator knows no OpsItems. */
export class OpsCenterServer {
  private readonly server: Server;

  constructor(opsCenter: OpsCenter) {
    const operations: Readonly<Record<string, (input: Json) => Json>> = {
      'AmazonSSM.DescribeOpsItems': (input) => opsCenter.describe(input),
      'AmazonSSM.UpdateOpsItem': (input) => opsCenter.update(input),
    };
    this.server = createServer(async (request, response) => {
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(chunk as Buffer);
      const operation = operations[String(request.headers['x-amz-target'])];
      const headers = { 'content-type': 'application/x-amz-json-1.1' };
      if (!operation) return response.writeHead(400, headers).end('{"__type":"UnknownOperationException"}');
      const answer = operation(JSON.parse(Buffer.concat(chunks).toString()));
      return response.writeHead(200, headers).end(JSON.stringify(answer));
    });
  }

  /** @returns its address */
  async open(): Promise<string> {
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }
}
