/**
 * What is known of a backup since it was made: when it was last verified and what came of it, and whether a trimmed journal stands on it.
 * A small synced file beside the manifest, replaced whole.
 *
 * K1. A missing or damaged one forgets a verification, never a base: a base is a file of its own, whose presence counts.
 */
import { join } from 'node:path';
import type { Files } from '../files';
import { DamagedManifest, decodeFrame, encodeFrame } from './manifest';
import { readWhole, writeWhole } from './whole-file';

/** What the last verification found. */
export interface Verification {
  /** By the wall clock, in milliseconds since 1970. */
  readonly at: number;
  /** One sentence each; empty for a good one. */
  readonly problems: readonly string[];
}

const VERIFIED = 'verified';
const BASE = 'base';
/** Bytes of either at most: far above what a verification keeps. */
const BYTES_MAX = 1024 * 1024;

/** The last verification that was written down, or undefined. */
export async function readVerification(files: Files, dir: string): Promise<Verification | undefined> {
  try {
    const bytes = await readWhole(files, join(dir, VERIFIED), BYTES_MAX);
    return bytes && (decodeFrame('marks', bytes) as Verification);
  } catch (error) {
    if (error instanceof DamagedManifest) return undefined;
    throw error;
  }
}

/** Durable when it resolves. One at a time for one backup. */
export function writeVerification(files: Files, dir: string, verification: Verification): Promise<void> {
  return writeWhole(files, join(dir, VERIFIED), encodeFrame('marks', verification));
}

/** Why it must never be deleted: a sentence; undefined for no base. */
export async function readBase(files: Files, dir: string, names: readonly string[]): Promise<string | undefined> {
  if (!names.includes(BASE)) return undefined;
  try {
    const bytes = await readWhole(files, join(dir, BASE), BYTES_MAX);
    return bytes && (decodeFrame('marks', bytes) as { readonly because: string }).because;
  } catch (error) {
    if (error instanceof DamagedManifest) return 'it is a base';
    throw error;
  }
}

/** The journal no longer stands on it: it is a backup like others. Durable when it resolves. */
export async function clearBase(files: Files, dir: string): Promise<void> {
  await files.unlink(join(dir, BASE)).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT') throw error;
  });
  await files.syncDirectory(dir);
}

/** Makes a backup a base. Durable when it resolves. */
export function writeBase(files: Files, dir: string, because: string): Promise<void> {
  return writeWhole(files, join(dir, BASE), encodeFrame('marks', { because }));
}
