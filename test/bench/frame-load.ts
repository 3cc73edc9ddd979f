// A load generator of raw HTTP/2 frames over TCP, for what h2load cannot do (a body that differs in each request) and for
// machines without it. It costs a tenth of a node:http2 client, so that the server stays the bottleneck on two cores.
//
// It does only what loading one gRPC method needs: it writes HEADERS and DATA, keeps the connection's send window, answers
// SETTINGS and PING, and reads frame headers. A reply counts as good when it carried DATA: a gRPC error has only trailers.
//
// Run as a process: one JSON argument (FrameLoad), one JSON line out (FrameLoadResult).

import { randomInt, randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { connect } from 'node:net';
import type { Socket } from 'node:net';

export interface FrameLoad {
  readonly address: string;
  /** `Service/Method` without the package. */
  readonly method: string;
  /** A file with the framed body, at most 64 KiB less one. */
  readonly body: string;
  /** Where in the body a request id of 36 characters stands, to be replaced by a fresh one each time. */
  readonly requestIdAt?: number | undefined;
  /** Characters of the body to be replaced by other words each time: a store of equal tasks would compress to nothing. */
  readonly wordsAt?: number | undefined;
  readonly wordsLength?: number | undefined;
  readonly count: number;
  readonly connections: number;
  readonly inFlight: number;
}

export interface FrameLoadResult {
  readonly good: number;
  readonly failed: number;
  /** From the first request's start to the last reply's end. */
  readonly seconds: number;
  /** Bytes in DATA frames of the replies. */
  readonly dataBytes: number;
  /** From a request's start to its reply's end, in order of arrival. */
  readonly latenciesUs: number[];
}

const DATA = 0;
const HEADERS = 1;
const RST_STREAM = 3;
const SETTINGS = 4;
const PING = 6;
const GOAWAY = 7;
const WINDOW_UPDATE = 8;
const END_STREAM = 1;
const END_HEADERS = 4;
const ACK = 1;

/** The largest DATA frame that every peer takes, and the send window that every stream has (RFC 9113, 6.5.2). */
const frameBytesMax = 16_384;
const windowBytes = 65_535;
/** Replies may be as many as the server likes: the receive window is widened by this much at a time. */
const grantBytes = 1 << 29;

/** A megabyte of words in random order, to take descriptions from: it compresses as text does. */
const words = randomWords(1 << 20);

function randomWords(bytes: number): Buffer {
  const syllables = [
    'ta',
    'ske',
    'lor',
    'min',
    'ex',
    'queu',
    'ver',
    'no',
    'journ',
    'sta',
    'ing',
    'pro',
    'al',
    'es',
    'un',
  ];
  const list = Array.from({ length: 2000 }, () =>
    Array.from({ length: 1 + randomInt(4) }, () => syllables[randomInt(syllables.length)]).join(''),
  );
  let text = '';
  while (text.length < bytes) text += `${list[randomInt(list.length)]!} `;
  return Buffer.from(text, 'latin1');
}

function frame(type: number, flags: number, stream: number, payload: Uint8Array): Buffer {
  const bytes = Buffer.alloc(9 + payload.length);
  bytes.writeUIntBE(payload.length, 0, 3);
  bytes[3] = type;
  bytes[4] = flags;
  bytes.writeUInt32BE(stream, 5);
  bytes.set(payload, 9);
  return bytes;
}

function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
}

/** A length and its characters, as HPACK writes a string without Huffman coding (RFC 7541, 5.2); at most 126 bytes. */
function hpackString(text: string): Buffer {
  if (text.length > 126) throw new Error(`too long for this generator: ${text}`);
  return Buffer.concat([Buffer.from([text.length]), Buffer.from(text, 'latin1')]);
}

/** The first request's headers enter the peer's table; later ones name the entries, as every real client does. */
function firstHeaders(load: FrameLoad): Buffer {
  return Buffer.concat([
    Buffer.from([0x83, 0x86, 0x44]),
    hpackString(`/holdfast.v1.${load.method}`),
    Buffer.from([0x41]),
    hpackString(load.address),
    Buffer.from([0x5f]),
    hpackString('application/grpc'),
    Buffer.from([0x40]),
    hpackString('te'),
    hpackString('trailers'),
  ]);
}
const laterHeaders = Buffer.from([0x83, 0x86, 0xc1, 0xc0, 0xbf, 0xbe]);

class Connection {
  private nextStream = 1;
  private sendWindow = windowBytes;
  private received = 0;
  private rest: Buffer = Buffer.alloc(0);
  private readonly startedAt = new Map<number, number>();
  private readonly hadData = new Set<number>();
  private readonly socket: Socket;

  constructor(
    private readonly load: FrameLoad,
    private readonly body: Buffer,
    private readonly tally: Tally,
  ) {
    const [host, port] = load.address.split(':');
    this.socket = connect({ host: host!, port: Number(port), noDelay: true });
    this.socket.on('data', (chunk: Buffer) => this.take(chunk));
    this.socket.on('error', (error) => this.tally.fail(error));
    this.socket.write('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n');
    const initialWindow = Buffer.concat([Buffer.from([0, 4]), uint32(grantBytes)]);
    this.socket.write(frame(SETTINGS, 0, 0, initialWindow));
    this.grant();
  }

  /** Sends as many requests as may be in flight, in one write. */
  fill(): void {
    const out: Buffer[] = [];
    while (this.startedAt.size < this.load.inFlight && this.sendWindow >= this.body.length && this.tally.take()) {
      this.sendWindow -= this.body.length;
      const stream = this.nextStream;
      this.nextStream += 2;
      const headers = stream === 1 ? firstHeaders(this.load) : laterHeaders;
      out.push(frame(HEADERS, END_HEADERS, stream, headers));
      this.vary();
      for (let at = 0; at < this.body.length; at += frameBytesMax) {
        const last = at + frameBytesMax >= this.body.length;
        out.push(frame(DATA, last ? END_STREAM : 0, stream, this.body.subarray(at, at + frameBytesMax)));
      }
      this.startedAt.set(stream, performance.now());
    }
    if (out.length > 0) this.socket.write(Buffer.concat(out));
  }

  close(): void {
    this.socket.destroy();
  }

  private vary(): void {
    const { requestIdAt, wordsAt, wordsLength } = this.load;
    if (requestIdAt !== undefined) this.body.write(randomUUID(), requestIdAt, 'latin1');
    if (wordsAt === undefined || wordsLength === undefined) return;
    const from = randomInt(words.length - wordsLength);
    words.copy(this.body, wordsAt, from, from + wordsLength);
  }

  private grant(): void {
    this.received = 0;
    this.socket.write(frame(WINDOW_UPDATE, 0, 0, uint32(grantBytes)));
  }

  private take(chunk: Buffer): void {
    const bytes = this.rest.length === 0 ? chunk : Buffer.concat([this.rest, chunk]);
    let at = 0;
    while (bytes.length - at >= 9) {
      const length = bytes.readUIntBE(at, 3);
      if (bytes.length - at < 9 + length) break;
      const payload = bytes.subarray(at + 9, at + 9 + length);
      this.heed(bytes[at + 3]!, bytes[at + 4]!, bytes.readUInt32BE(at + 5) & 0x7fffffff, payload);
      at += 9 + length;
    }
    this.rest = bytes.subarray(at);
    this.fill();
  }

  private heed(type: number, flags: number, stream: number, payload: Buffer): void {
    if (type === DATA) {
      this.hadData.add(stream);
      this.tally.dataBytes += payload.length;
      this.received += payload.length;
      if (this.received > grantBytes / 2) this.grant();
    } else if (type === SETTINGS && !(flags & ACK)) this.socket.write(frame(SETTINGS, ACK, 0, Buffer.alloc(0)));
    else if (type === PING && !(flags & ACK)) this.socket.write(frame(PING, ACK, 0, payload));
    else if (type === WINDOW_UPDATE && stream === 0) this.sendWindow += payload.readUInt32BE(0);
    else if (type === GOAWAY) this.tally.fail(new Error('the server sent GOAWAY'));
    const ends = type === RST_STREAM || ((type === DATA || type === HEADERS) && (flags & END_STREAM) !== 0);
    const started = ends ? this.startedAt.get(stream) : undefined;
    if (started === undefined) return;
    this.startedAt.delete(stream);
    const good = this.hadData.delete(stream) && type !== RST_STREAM;
    this.tally.done(good, performance.now() - started);
  }
}

/** What is left to send and what came back, over all connections. */
class Tally {
  dataBytes = 0;
  good = 0;
  failed = 0;
  readonly latenciesUs: number[] = [];
  private left: number;

  constructor(
    private readonly count: number,
    private readonly onEnd: (error?: Error) => void,
  ) {
    this.left = count;
  }

  take(): boolean {
    return this.left > 0 && this.left-- > 0;
  }

  done(good: boolean, ms: number): void {
    if (good) this.good++;
    else this.failed++;
    this.latenciesUs.push(Math.round(ms * 1000));
    if (this.latenciesUs.length === this.count) this.onEnd();
  }

  fail(error: Error): void {
    this.onEnd(error);
  }
}

async function run(load: FrameLoad): Promise<FrameLoadResult> {
  const body = readFileSync(load.body);
  if (body.length > windowBytes) throw new Error(`a body of ${body.length} bytes does not fit a stream's first window`);
  const connections: Connection[] = [];
  const began = performance.now();
  const tally = await new Promise<Tally>((resolve, reject) => {
    const all = new Tally(load.count, (error) => (error ? reject(error) : resolve(all)));
    for (let i = 0; i < load.connections; i++) connections.push(new Connection(load, Buffer.from(body), all));
    for (const connection of connections) connection.fill();
  });
  const seconds = (performance.now() - began) / 1000;
  for (const connection of connections) connection.close();
  const { good, failed, dataBytes, latenciesUs } = tally;
  return { good, failed, seconds, dataBytes, latenciesUs };
}

if (require.main === module) {
  void run(JSON.parse(process.argv[2] ?? '{}') as FrameLoad).then(
    (result) => console.log(JSON.stringify(result)),
    (error: unknown) => {
      console.error(String(error));
      process.exitCode = 1;
    },
  );
}
