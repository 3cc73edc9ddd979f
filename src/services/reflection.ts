// gRPC server reflection, v1 and v1alpha, over the descriptor set: what grpcurl and `buf curl` ask before they call.
// The two versions differ in name only. The messages are few enough to read and write by field number.

import { status as Code } from '@grpc/grpc-js';
import type { Server, ServerDuplexStream, ServiceDefinition } from '@grpc/grpc-js';
import { fromBinary, toBinary } from '@bufbuild/protobuf';
import { FileDescriptorProtoSchema, FileDescriptorSetSchema } from '@bufbuild/protobuf/wkt';
import type { DescriptorProto, FileDescriptorProto } from '@bufbuild/protobuf/wkt';
import { WireScan, WIRE_BYTES } from '../domain/wire';
import { descriptorSet } from '../gen/descriptors';
import { splice } from './splice';
import type { Part } from './splice';

/** Field numbers of ServerReflectionRequest. */
const FILE_BY_FILENAME = 3;
const FILE_CONTAINING_SYMBOL = 4;
const LIST_SERVICES = 7;
/** Field numbers of ServerReflectionResponse. */
const ORIGINAL_REQUEST = 2;
const FILE_DESCRIPTOR_RESPONSE = 4;
const LIST_SERVICES_RESPONSE = 6;
const ERROR_RESPONSE = 7;

/** Bytes of one reflection request: names are short. */
const REQUEST_BYTES_MAX = 4096;

/** The files of the descriptor set, by name and by the symbols in them. */
class Files {
  private readonly byName = new Map<string, FileDescriptorProto>();
  private readonly bySymbol = new Map<string, FileDescriptorProto>();

  constructor() {
    for (const file of fromBinary(FileDescriptorSetSchema, descriptorSet).file) {
      this.byName.set(file.name, file);
      const add = (symbol: string): void => void this.bySymbol.set(symbol, file);
      for (const message of file.messageType) addMessage(file.package, message, add);
      for (const { name } of [...file.enumType, ...file.extension]) add(`${file.package}.${name}`);
      for (const service of file.service) {
        add(`${file.package}.${service.name}`);
        for (const method of service.method) add(`${file.package}.${service.name}.${method.name}`);
      }
    }
  }

  named(name: string): FileDescriptorProto | undefined {
    return this.byName.get(name);
  }

  /** The file of a message, enum, service, method or field. */
  containing(symbol: string): FileDescriptorProto | undefined {
    return this.bySymbol.get(symbol) ?? this.bySymbol.get(symbol.slice(0, symbol.lastIndexOf('.')));
  }

  /** The file and all that it imports, each encoded once, the file first. */
  closure(file: FileDescriptorProto): Uint8Array[] {
    const found = new Set([file]);
    for (const { dependency } of found) {
      for (const name of dependency) {
        const imported = this.byName.get(name);
        if (imported) found.add(imported);
      }
    }
    return [...found].map((each) => toBinary(FileDescriptorProtoSchema, each));
  }
}

function addMessage(scope: string, message: DescriptorProto, add: (symbol: string) => void): void {
  const name = `${scope}.${message.name}`;
  add(name);
  for (const nested of message.nestedType) addMessage(name, nested, add);
  for (const nested of message.enumType) add(`${name}.${nested.name}`);
}

/** Serves reflection. `services` are the full names of what the server offers. */
export function addReflection(server: Server, services: readonly string[]): void {
  let files: Files | undefined;
  const info = (stream: ServerDuplexStream<Buffer, Buffer>): void => {
    stream.on('data', (request: Buffer) => {
      files ??= new Files();
      if (!stream.write(answer(files, services, request))) {
        stream.pause();
        stream.once('drain', () => stream.resume());
      }
    });
    stream.on('end', () => stream.end());
  };
  for (const version of ['v1', 'v1alpha']) server.addService(definition(version), { serverReflectionInfo: info });
}

function definition(version: string): ServiceDefinition {
  const bytes = (value: Buffer): Buffer => value;
  return {
    serverReflectionInfo: {
      path: `/grpc.reflection.${version}.ServerReflection/ServerReflectionInfo`,
      requestStream: true,
      responseStream: true,
      requestSerialize: bytes,
      requestDeserialize: bytes,
      responseSerialize: bytes,
      responseDeserialize: bytes,
    },
  };
}

function answer(files: Files, services: readonly string[], request: Buffer): Buffer {
  const original: Part = { field: ORIGINAL_REQUEST, bytes: request };
  try {
    return splice([original, payload(files, services, request)]);
  } catch (fault) {
    if (!(fault instanceof RangeError)) throw fault;
    return splice([original, errorResponse(Code.INVALID_ARGUMENT, 'the request does not decode')]);
  }
}

function payload(files: Files, services: readonly string[], request: Buffer): Part {
  if (request.length > REQUEST_BYTES_MAX) return errorResponse(Code.INVALID_ARGUMENT, 'the request is too long');
  const scan = new WireScan(request);
  while (scan.next()) {
    if (scan.wire !== WIRE_BYTES) continue;
    if (scan.field === LIST_SERVICES) {
      const names = services.map((name) => ({ field: 1, bytes: splice([{ field: 1, bytes: Buffer.from(name) }]) }));
      return { field: LIST_SERVICES_RESPONSE, bytes: splice(names) };
    }
    if (scan.field === FILE_BY_FILENAME) return fileResponse(files, files.named(scan.text()));
    if (scan.field === FILE_CONTAINING_SYMBOL) return fileResponse(files, files.containing(scan.text()));
  }
  return errorResponse(Code.NOT_FOUND, 'there are no extensions');
}

function fileResponse(files: Files, file: FileDescriptorProto | undefined): Part {
  if (!file) return errorResponse(Code.NOT_FOUND, 'no such file or symbol');
  const parts = files.closure(file).map((bytes) => ({ field: 1, bytes }));
  return { field: FILE_DESCRIPTOR_RESPONSE, bytes: splice(parts) };
}

/** ErrorResponse {1: code, 2: message}. */
function errorResponse(code: Code, message: string): Part {
  const text = splice([{ field: 2, bytes: Buffer.from(message) }]);
  return { field: ERROR_RESPONSE, bytes: Buffer.concat([Uint8Array.of(1 << 3, code), text]) };
}
