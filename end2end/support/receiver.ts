import { createHmac } from "node:crypto";
import { createServer, type IncomingHttpHeaders } from "node:http";
import type { AddressInfo } from "node:net";

/** A request as a receiver got it. */
export type Received = { headers: IncomingHttpHeaders; body: string };

/** A server that is sent webhooks. It keeps them, and answers with the status that it was last told. */
export type Receiver = { url: string; received: Received[]; status: number; close(): Promise<void> };

export async function receive(): Promise<Receiver> {
  const received: Received[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      received.push({ headers: request.headers, body: Buffer.concat(chunks).toString() });
      response.writeHead(receiver.status).end(receiver.status === 204 ? "" : "warming up");
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const close = () => new Promise<void>((resolve) => {
    server.closeAllConnections();
    server.close(() => resolve());
  });
  const receiver: Receiver = { url: `http://127.0.0.1:${port}/hooks`, received, status: 204, close };
  return receiver;
}

/** The signature of a request under a secret, as Standard Webhooks has it. */
export function signature(secret: string, { headers, body }: Received) {
  const key = Buffer.from(secret.replace(/^whsec_/, ""), "base64");
  const signed = `${headers["webhook-id"]}.${headers["webhook-timestamp"]}.${body}`;
  return `v1,${createHmac("sha256", key).update(signed).digest("base64")}`;
}

/** The older signature of a request, over its body alone. */
export function bodySignature(secret: string, { body }: Received) {
  return `sha256=${createHmac("sha256", secret).update(body).digest("hex")}`;
}
