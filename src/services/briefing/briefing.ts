// GetBriefing, and the briefing of ResumeSession: read, compared with what was, told within a bound.

import { parseAgent, parseSession } from '../../domain/sessions/agent-names';
import { namespaceProblem } from '../../domain/messages/memory-name';
import { notFound, fieldInvalid } from '../../domain/refusal';
import { checkBriefingBytes } from '../../domain/sessions/resume-session';
import type { Look } from '../../domain/standing';
import { Violations } from '../../domain/violations';
import type { Engine } from '../../engine/engine';
import { EntityKind } from '../../gen/holdfast/journal/v1/journal';
import type { Position } from '../../gen/holdfast/v1/common';
import type { GetBriefingRequest } from '../../gen/holdfast/v1/session_service';
import { DamagedRow } from '../../storage/state/state';
import { lookNow, lookingNow } from '../readiness';
import type { ServiceContext } from '../replies';
import { splice } from '../splice';
import { Changes } from './changes';
import { compose } from './compose';
import type { Material } from './compose';
import { conflictsOf } from './conflicts';
import { newestMemories, readyTasks, unreadMessages } from './surroundings';
import { pictureOfAgent, pictureOfSession } from './picture';
import type { Occasion, Picture } from './picture';
import { agentOf, questionsOf } from './questions';

/** Tasks that are assigned to an agent, as far as a briefing looks at them. */
const ASSIGNED_MAX = 1000;

/** What is to be told beside the picture. */
interface Wanted {
  readonly maxBytes: number;
  /** Changes after this are told as changed. */
  readonly since: { readonly ms: number; readonly sequence: number };
  /** Of a briefing without a resume: the namespace of memories to tell. */
  readonly memoryPrefix: string | undefined;
}

/** GetBriefing: GetBriefingResponse {1: briefing, 2: position}. */
export async function getBriefing(context: ServiceContext, request: GetBriefingRequest): Promise<Buffer> {
  const { engine, positions } = context;
  check(request);
  engine.reach(request.atLeast);
  const { since, of } = request;
  const sequence = since ? sinceOf(context, since) : 0;
  const pictured =
    of?.$case === 'agent'
      ? await ofAgent(context, of.value)
      : await ofSession(context, of?.value ?? '', since ? 'since' : 'anew');
  // An agent began long ago: without a position nothing counts as changed.
  const none = since === undefined && of?.$case === 'agent';
  const ms = since ? 0 : none ? Number.MAX_SAFE_INTEGER : pictured.picture.beganMs;
  const { maxBytes, memoryPrefix } = request;
  const bytes = await tell(context, pictured, { maxBytes, memoryPrefix, since: { ms, sequence } });
  return splice([
    { field: 1, bytes },
    { field: 2, bytes: positions.bytes(pictured.sequence) },
  ]);
}

/** The encoded briefing of a session that has taken up another's work: what others changed since that began to hold its tasks is news. */
export async function briefSuccessor(context: ServiceContext, name: string, maxBytes: number): Promise<Buffer> {
  const pictured = await ofSession(context, name, 'successor');
  const since = { ms: 0, sequence: 0 };
  return tell(context, pictured, { maxBytes, since, memoryPrefix: undefined });
}

interface Pictured {
  readonly picture: Picture;
  /** Everything up to this is in the picture. */
  readonly sequence: number;
}

async function ofSession({ engine }: ServiceContext, name: string, occasion: Occasion): Promise<Pictured> {
  const { project, id } = parseSession(name, 'session');
  const agent = await agentOf(engine, project, id);
  const asked =
    agent === '' ? [] : await healing(engine, (look) => questionsOf(engine, look, { project, agent, session: name }));
  return lookingNow(engine, (look) => ({
    sequence: engine.reach(undefined),
    picture: pictureOfSession(look, project, id, occasion, asked),
  }));
}

async function ofAgent({ engine }: ServiceContext, name: string): Promise<Pictured> {
  const { project, id } = parseAgent(name, 'agent');
  const assigned = await engine.withSnapshot(async (snapshot) => {
    const ids: string[] = [];
    for await (const task of snapshot.scan({ by: 'assignee', project, assignee: id })) {
      ids.push(task.id);
      if (ids.length === ASSIGNED_MAX) break;
    }
    return ids;
  });
  const asked = await healing(engine, (look) => questionsOf(engine, look, { project, agent: id, session: '' }));
  return lookingNow(engine, (look) => {
    if (assigned.length === 0 && !look(EntityKind.AGENT, project, id)) {
      throw notFound('agent', name, 'does not exist: it appears with its first session');
    }
    return { sequence: engine.reach(undefined), picture: pictureOfAgent(look, project, id, assigned, asked) };
  });
}

async function tell(context: ServiceContext, { picture, sequence }: Pictured, wanted: Wanted): Promise<Buffer> {
  const { engine, positions } = context;
  const { project } = picture;
  const { memoryPrefix, since, maxBytes } = wanted;
  const changes = new Changes(engine, project);
  const news = { ...since, mine: picture.mine };
  const conflicts = await healing(engine, (look) => conflictsOf(look, picture, changes, news, engine.nowMs));
  const nothing = { messages: [], memories: [], readyTasks: [] };
  // Nothing to read from a snapshot: it is not waited for.
  const around =
    memoryPrefix === undefined && picture.unread === 0
      ? nothing
      : await engine.withSnapshot(async (snapshot) => ({
          messages: await unreadMessages(snapshot, picture),
          memories: memoryPrefix === undefined ? [] : await newestMemories(snapshot, project, memoryPrefix),
          readyTasks: memoryPrefix === undefined ? [] : await readyTasks(engine, snapshot, picture),
        }));
  const material: Material = { picture, conflicts, ...around, watchFrom: positions.bytes(sequence) };
  return lookingNow(engine, (look) => compose(look, material, maxBytes));
}

/** What is worked out over several turns from rows of the durable mark, healing what is damaged on the way: `read` may run more than once. */
async function healing<Result>(engine: Engine, read: (look: Look) => Promise<Result>): Promise<Result> {
  for (;;) {
    try {
      return await read(lookNow(engine));
    } catch (fault) {
      if (!(fault instanceof DamagedRow)) throw fault;
      await engine.read(fault.kind, fault.project, fault.id);
    }
  }
}

function sinceOf({ engine }: ServiceContext, since: Position): number {
  engine.reach(since);
  return since.sequence;
}

function check({ of, maxBytes, memoryPrefix }: GetBriefingRequest): void {
  if (!of) throw fieldInvalid('of', 'is required: a session or an agent');
  const violations = new Violations();
  checkBriefingBytes(maxBytes, violations.report);
  const problem = memoryPrefix === '' ? undefined : namespaceProblem(memoryPrefix);
  if (problem) violations.report('memory_prefix', problem);
  violations.throwIfAny();
}
