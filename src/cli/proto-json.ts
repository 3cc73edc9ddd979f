// Canonical ProtoJSON. The generated code's own JSON is another dialect (a duration is an object in it), so messages cross
// as bytes to a registry made of the descriptors.

import type { DescMessage, JsonValue, Registry } from '@bufbuild/protobuf';
import { createFileRegistry, fromBinary, fromJson, toBinary, toJson } from '@bufbuild/protobuf';
import { FileDescriptorSetSchema } from '@bufbuild/protobuf/wkt';
import { descriptorSet } from '../gen/descriptors';

let registry: Registry | undefined;

function messageType(typeName: string): DescMessage {
  registry ??= createFileRegistry(fromBinary(FileDescriptorSetSchema, descriptorSet));
  const type = registry.getMessage(typeName);
  if (!type) throw new Error(`${typeName} is not in the descriptors`);
  return type;
}

/** The message as a JSON value. `typeName` is the full proto name. */
export function jsonOf(typeName: string, bytes: Uint8Array): JsonValue {
  const type = messageType(typeName);
  return toJson(type, fromBinary(type, bytes), { registry: registry! });
}

/** The bytes of a message given as JSON. Throws an error that names the field if it does not fit; unknown fields do not. */
export function bytesOf(typeName: string, json: JsonValue): Uint8Array {
  const type = messageType(typeName);
  return toBinary(type, fromJson(type, json, { registry: registry! }));
}
