import { connect, createServer } from 'node:http2';
import type { IncomingHttpHeaders } from 'node:http2';
import type { AddressInfo } from 'node:net';
import { gunzipSync } from 'node:zlib';
import protobuf from 'protobufjs';

const completion = '/temporal.api.workflowservice.v1.WorkflowService/RespondWorkflowTaskCompleted';

/** `RespondWorkflowTaskCompletedRequest.sticky_attributes` in Temporal's API. */
const stickyAttributesField = 4;

/**
 * Stands between a worker that will be killed and the test server. A worker asks that the next tasks of a journey come to
 * a queue of its own. A real server forgets that queue ten seconds after the worker is gone; the test server waits for it
 * forever. So the wish is taken out of the request, and every task goes to the common queue; all else passes untouched.
 */
export async function startUnbindingProxy(
  targetAddress: string,
): Promise<{ address: string; stop(): Promise<void> }> {
  const target = connect(`http://${targetAddress}`);
  target.on('error', () => {});
  const server = createServer();
  server.on('sessionError', () => {});
  server.on('stream', (incoming, headers) => {
    const outgoing = target.request(forwarded(headers));
    incoming.on('error', () => outgoing.close());
    outgoing.on('error', () => incoming.close());
    // A killed worker's long polls must end at the server too, or it would hand them tasks.
    incoming.on('close', () => outgoing.close());
    outgoing.on('response', (responseHeaders) =>
      incoming.respond(forwarded(responseHeaders), { waitForTrailers: true }),
    );
    let trailers: IncomingHttpHeaders = {};
    outgoing.on('trailers', (received) => {
      trailers = received;
    });
    incoming.on('wantTrailers', () => incoming.sendTrailers(forwarded(trailers)));
    outgoing.pipe(incoming);
    if (headers[':path'] !== completion) return void incoming.pipe(outgoing);
    const chunks: Buffer[] = [];
    incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
    incoming.on('end', () => outgoing.end(unbound(Buffer.concat(chunks))));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    address: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    async stop() {
      target.destroy();
      await new Promise<void>((resolve) => {
        server.close(() => resolve());
        setTimeout(resolve, 500).unref();
      });
    },
  };
}

/** Headers without those that belong to one hop. */
function forwarded(headers: IncomingHttpHeaders): IncomingHttpHeaders {
  const { connection: _connection, 'content-length': _length, ...rest } = headers;
  return rest;
}

/** One gRPC message (flag, length, protobuf) without the field. */
function unbound(frame: Buffer): Buffer {
  const body = frame.subarray(5);
  const message = withoutField(frame[0] === 1 ? gunzipSync(body) : body, stickyAttributesField);
  const head = Buffer.alloc(5);
  head.writeUInt32BE(message.length, 1);
  return Buffer.concat([head, message]);
}

function withoutField(message: Buffer, field: number): Buffer {
  const reader = protobuf.Reader.create(message);
  const kept: Buffer[] = [];
  while (reader.pos < reader.len) {
    const from = reader.pos;
    const tag = reader.uint32();
    reader.skipType(tag & 7);
    if (tag >>> 3 !== field) kept.push(message.subarray(from, reader.pos));
  }
  return Buffer.concat(kept);
}
