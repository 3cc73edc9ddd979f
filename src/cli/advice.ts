// What to do about a refusal, by its reason: one sentence a line.

/** The advice for a refusal. `metadata` is that of its ErrorInfo; the keys stand in error.proto beside each reason. */
export function adviceFor(reason: string, metadata: Readonly<Record<string, string>>): string[] {
  const name = metadata['name'] ?? '';
  const id = lastPart(name);
  switch (reason) {
    case 'NOT_FOUND':
      return notFound(name);
    case 'ETAG_MISMATCH':
      return [`Read it again; its etag is now ${metadata['etag'] ?? 'another'}.`];
    case 'ILLEGAL_TRANSITION':
      return metadata['legal_verbs'] ? [`What can be done in ${metadata['state']}: ${metadata['legal_verbs']}`] : [];
    case 'HAS_CHILDREN':
      return name.includes('/tasks/') ? [`See them with: holdfast task list --parent ${name}`] : [];
    case 'REQUEST_ID_REUSED':
      return ['Leave out --request-id: each command makes its own.'];
    case 'POSITION_TOO_OLD':
      return [`The oldest position is ${metadata['oldest'] ?? 'newer'}; start with --snapshot or --earliest.`];
    case 'DISK_FULL':
      return ['Make room on the disk of the data directory; the server goes on by itself.'];
    case 'HALTED':
      return ['The server met a storage fault. Read its log, then restart it.'];
    case 'FENCED':
      return fenced(name, metadata);
    case 'ALREADY_CLAIMED':
      return ['Take another one: holdfast claim', `See who holds it: holdfast task show ${id}`];
    case 'NOT_READY':
      return [`See what is in its way: holdfast task show ${id}`];
    case 'LOCK_HELD':
      return ['Wait for it with --wait 1m, or see who holds what: holdfast lock list'];
    case 'DEADLOCK':
      return ['Release what you hold, then ask again. What you hold: holdfast lock list --mine'];
    case 'SESSION_LOST':
      return [`Take its work up, and go on: holdfast session resume ${id}`];
    case 'SESSION_ENDED':
      return metadata['successor']
        ? [`It goes on as ${lastPart(metadata['successor'])}: holdfast session show ${lastPart(metadata['successor'])}`]
        : ['Begin another: holdfast session start', `Or take its work up: holdfast session resume ${id}`];
    case 'SESSION_ACTIVE':
      return [`If whoever acts as it is gone, take its work all the same: holdfast session resume ${id} --take-over`];
    default:
      return [];
  }
}

function notFound(name: string): string[] {
  if (name.startsWith('backups/')) return ['List what is there with: holdfast backup list'];
  const kind = /^projects\/[^/]+\/([a-z]+)\//.exec(name)?.[1];
  switch (kind) {
    case 'sessions':
      return name.includes('/checkpoints/')
        ? ['List what is there with: holdfast checkpoint list']
        : ['List what is there with: holdfast session list'];
    case 'agents':
      return ['List who is there with: holdfast agent list'];
    case 'locks':
      return ['It has ended. List what is held with: holdfast lock list'];
    case 'memories':
      return ['List what is known with: holdfast memory list'];
    case 'messages':
      return ['List what is there with: holdfast message list'];
    default:
      return ['List what is there with: holdfast task list, holdfast project list'];
  }
}

function fenced(name: string, metadata: Readonly<Record<string, string>>): string[] {
  const id = lastPart(name);
  if (name.includes('/tasks/')) {
    const holder = metadata['holder'];
    const who = holder ? `${lastPart(holder)} holds it now.` : 'Nobody holds it now.';
    return [`${who} Stop working on it; see: holdfast task show ${id}`];
  }
  if (name.includes('/locks/')) return ['Stop working on what it covers; see: holdfast lock list'];
  const successor = metadata['successor'];
  return [
    `${successor ? `${lastPart(successor)} took its work over` : 'Its token is another one'}: stop, and see: holdfast session show ${id}`,
  ];
}

function lastPart(name: string): string {
  return name.slice(name.lastIndexOf('/') + 1);
}
