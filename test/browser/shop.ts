import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A shop on a free port of this machine. */
export interface Shop {
  readonly url: string;

  /** What was asked, in order: `GET /basket`. */
  readonly asked: readonly string[];
  close(): Promise<void>;
}

type Answer = (response: ServerResponse, request: IncomingMessage) => void;

const html = (body: string, status = 200, headers = {}): Answer => {
  return (response) =>
    response.writeHead(status, { 'content-type': 'text/html', ...headers }).end(`<!doctype html>${body}`);
};

const ANSWERS: Readonly<Record<string, Answer>> = {
  'GET /': html('<h1>Welcome</h1>', 200, { 'set-cookie': 'user=7; Path=/; HttpOnly' }),
  // What users see is drawn later, by a script.
  'GET /drawn': html(
    '<p id="p"></p><script>setTimeout(() => { document.getElementById("p").textContent = "3 in stock"; }, 200)</script>',
  ),
  // It stands in the page, and nobody sees it.
  'GET /hidden': html('<p style="display: none">3 in stock</p>'),
  'POST /basket': (response, { headers }) => {
    const known = headers.cookie === 'user=7' && headers['content-type'] === 'application/json';
    response.writeHead(known ? 201 : 403).end(known ? '{"items":1}' : 'who are you?');
  },
  'GET /old': html('', 302, { location: '/' }),
  'GET /broken': html('<h1>Welcome</h1>', 500),
  // It takes the request and never answers.
  'GET /never': () => undefined,
};

export async function openShop(): Promise<Shop> {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    const what = `${request.method} ${request.url}`;
    if (request.url === '/favicon.ico') return response.writeHead(204).end();
    asked.push(what);
    return (ANSWERS[what] ?? html('', 404))(response, request);
  });
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}`, asked, close: () => closed(server) };
}

function closed(server: Server): Promise<void> {
  server.closeAllConnections();
  return new Promise((done) => server.close(() => done()));
}
