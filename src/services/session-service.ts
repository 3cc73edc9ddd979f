import type { Server } from '@grpc/grpc-js';
import { agentIdOf, formatSession } from '../domain/sessions/agent-names';
import { formatTask } from '../domain/names';
import type { Caller } from '../domain/command';
import { fieldInvalid } from '../domain/refusal';
import type { Look } from '../domain/standing';
import { WIRE_VARINT, WireScan } from '../domain/wire';
import type { Engine } from '../engine/engine';
import type { Executed } from '../engine/executed';
import { EntityKind, Mailbox, SessionWork, TaskWork } from '../gen/holdfast/journal/v1/journal';
import type { Change } from '../gen/holdfast/journal/v1/journal';
import { SessionState } from '../gen/holdfast/v1/session';
import { HeartbeatSessionResponse, SessionServiceService } from '../gen/holdfast/v1/session_service';
import type {
  ClearTranscriptRequest,
  CopyCheckpointsRequest,
  DeleteCheckpointsRequest,
  GetBriefingRequest,
  GetCheckpointRequest,
  GetSessionRequest,
  ListCheckpointsRequest,
  ListSessionsRequest,
  PopTranscriptRequest,
  ReadTranscriptRequest,
  ResumeSessionRequest,
  SetCheckpointRetentionRequest,
} from '../gen/holdfast/v1/session_service';
import { countReply, copyCheckpoints, deleteCheckpoints, setCheckpointRetention } from './checkpoint-changes';
import { downloadCheckpoint } from './checkpoint-download';
import { getCheckpoint, listCheckpoints } from './checkpoint-reads';
import { saveCheckpoint, uploadCheckpoint } from './checkpoint-saves';
import { briefSuccessor, getBriefing } from './briefing/briefing';
import { commandOf } from './command-of';
import { serve, unary } from './method';
import { decodePageToken, encodePageToken } from './page-token';
import { lookingNow } from './readiness';
import { findProject, pageSizeOf } from './reading';
import { mutation } from './replies';
import type { ServiceContext } from './replies';
import { canonicalText } from './request-hash';
import { readRowPage } from './row-page';
import { findSession, sessionWorkOf, shownSession } from './session-view';
import { splice } from './splice';
import { appendReply, clearTranscript, popTranscript, readTranscript } from './transcripts';

/** Session.state. */
const STATE_FIELD = 5;

/** Serves holdfast.v1.SessionService. */
export function addSessionService(server: Server, context: ServiceContext): void {
  server.addService(serve(SessionServiceService), {
    startSession: mutation(context, 'startSession', startReply),
    heartbeatSession: mutation(context, 'heartbeatSession', heartbeatReply),
    endSession: mutation(context, 'endSession', endReply),
    resumeSession: unary(context, resumeSession(context)),
    getBriefing: unary(context, (request: GetBriefingRequest) => getBriefing(context, request)),
    getSession: unary(context, (request: GetSessionRequest) => getSession(context, request)),
    listSessions: unary(context, (request: ListSessionsRequest, caller) => listSessions(context, request, caller)),
    saveCheckpoint: unary(context, saveCheckpoint(context)),
    uploadCheckpoint: uploadCheckpoint(context),
    getCheckpoint: unary(context, (request: GetCheckpointRequest) => getCheckpoint(context, request)),
    downloadCheckpoint: downloadCheckpoint(context),
    listCheckpoints: unary(context, (request: ListCheckpointsRequest, caller) =>
      listCheckpoints(context, request, caller),
    ),
    putCheckpointWrites: mutation(context, 'putCheckpointWrites', countReply),
    copyCheckpoints: unary(context, (request: CopyCheckpointsRequest, caller) =>
      copyCheckpoints(context, request, caller),
    ),
    deleteCheckpoints: unary(context, (request: DeleteCheckpointsRequest, caller) =>
      deleteCheckpoints(context, request, caller),
    ),
    setCheckpointRetention: unary(context, (request: SetCheckpointRetentionRequest, caller) =>
      setCheckpointRetention(context, request, caller),
    ),
    appendTranscript: mutation(context, 'appendTranscript', appendReply),
    readTranscript: unary(context, (request: ReadTranscriptRequest) => readTranscript(context, request)),
    popTranscript: unary(context, (request: PopTranscriptRequest, caller) => popTranscript(context, request, caller)),
    clearTranscript: unary(context, (request: ClearTranscriptRequest, caller) =>
      clearTranscript(context, request, caller),
    ),
  });
}

/** The session that a reply names first, or from another place on, as it is shown: its row, then what it has. */
function repliedSession(engine: Engine, replies: readonly Change[], at = 0): Promise<Buffer> {
  const { project, id, image } = replies[at]!;
  const work = SessionWork.decode(replies[at + 1]!.image);
  return lookingNow(engine, (look) => shownSession(look, project, id, image, work));
}

/** StartSessionResponse {1: session, 2: token, 3: position}. */
async function startReply({ engine, positions }: ServiceContext, { replies, sequence }: Executed): Promise<Buffer> {
  const { token } = SessionWork.decode(replies[1]!.image);
  return splice([
    { field: 1, bytes: await repliedSession(engine, replies) },
    { field: 2, bytes: Buffer.from(token) },
    { field: 3, bytes: positions.bytes(sequence) },
  ]);
}

/** HeartbeatSessionResponse: {1: session, 5: position} and the rest as one message. */
async function heartbeatReply({ engine, positions }: ServiceContext, { replies, sequence }: Executed): Promise<Buffer> {
  const { project, id } = replies[0]!;
  const rest = HeartbeatSessionResponse.create();
  for (const { kind, id: row, image } of replies) {
    if (kind === EntityKind.MAILBOX) rest.unreadMessages += Mailbox.decode(image).unread;
    if (kind !== EntityKind.TASK_WORK) continue;
    const { lease, directive } = TaskWork.decode(image);
    const held = lease !== undefined && !lease.lapsed && lease.session === formatSession(project, id);
    const task = formatTask(project, row);
    if (!held) rest.lostTasks.push(task);
    else if (directive) rest.directives.push({ task, directive });
  }
  const parts = [
    { field: 1, bytes: await repliedSession(engine, replies) },
    { field: 5, bytes: positions.bytes(sequence) },
  ];
  return splice(parts, HeartbeatSessionResponse.encode(rest).finish());
}

/** EndSessionResponse {1: session, 2: tasks, 3: position}. */
async function endReply({ engine, positions }: ServiceContext, { replies, sequence }: Executed): Promise<Buffer> {
  const tasks = replies.filter(({ kind }) => kind === EntityKind.TASK_WORK);
  return splice([
    { field: 1, bytes: await repliedSession(engine, replies) },
    ...tasks.map(({ project, id }) => ({ field: 2, bytes: Buffer.from(formatTask(project, id)) })),
    { field: 3, bytes: positions.bytes(sequence) },
  ]);
}

/** ResumeSessionResponse {1: session, 2: token, 3: resumed, 4: briefing, 5: position}. The briefing is of now, of a repeated request too. */
function resumeSession(context: ServiceContext): (request: ResumeSessionRequest, caller: Caller) => Promise<Buffer> {
  const { engine, positions } = context;
  return async (request, caller) => {
    const { replies, sequence } = await engine.execute(commandOf('resumeSession', request, caller));
    const { project, id, image } = replies[0]!;
    const { token } = SessionWork.decode(replies[1]!.image);
    const resumed = replies.length > 2 ? [{ field: 3, bytes: await repliedSession(engine, replies, 2) }] : [];
    const briefing = request.validateOnly
      ? []
      : [{ field: 4, bytes: await briefSuccessor(context, formatSession(project, id), request.maxBytes) }];
    const session = request.validateOnly ? image : await repliedSession(engine, replies);
    return splice([
      { field: 1, bytes: session },
      { field: 2, bytes: Buffer.from(token) },
      ...resumed,
      ...briefing,
      { field: 5, bytes: positions.bytes(sequence) },
    ]);
  };
}

async function getSession({ engine, positions }: ServiceContext, request: GetSessionRequest): Promise<Buffer> {
  const sequence = engine.reach(request.atLeast);
  const { project, id, row } = await findSession(engine, request.name, 'name');
  const shown = await lookingNow(engine, (look) =>
    shownSession(look, project, id, row.image, sessionWorkOf(look, project, id)),
  );
  return positions.entityReply(shown, sequence);
}

/** By name, or of an agent, newest first. */
async function listSessions(
  { engine, positions }: ServiceContext,
  request: ListSessionsRequest,
  { principal }: Caller,
): Promise<Buffer> {
  const pageSize = pageSizeOf(request.pageSize);
  engine.reach(request.atLeast);
  const project = await findProject(engine, request.parent, 'parent');
  const states = statesOf(request.states);
  const query = canonicalText('listSessions', { ...request, pageSize: 0, pageToken: '', atLeast: undefined });
  const after = decodePageToken(request.pageToken, query, principal);
  const agent = request.agent === '' ? '' : agentIdOf(project, request.agent, 'agent');
  return engine.withSnapshot(async (snapshot) => {
    const rows =
      agent === ''
        ? snapshot.scan({ by: 'sessions', project }, { after })
        : snapshot.scan({ by: 'agent', project, agent }, { after, reverse: true });
    const look: Look = (kind, of, id) => snapshot.rowNow(kind, of, id)?.image;
    const page = await readRowPage(
      rows,
      pageSize,
      ({ row }) => states === undefined || states.has(stateOf(row.image)),
      ({ id, row }) => shownSession(look, project, id, row.image, sessionWorkOf(look, project, id)),
    );
    const { parts, next } = page;
    if (next) parts.push({ field: 2, bytes: Buffer.from(encodePageToken(next, query, principal)) });
    parts.push({ field: 3, bytes: positions.bytes(snapshot.sequence) });
    return splice(parts);
  });
}

function statesOf(states: readonly SessionState[]): ReadonlySet<number> | undefined {
  states.forEach((state, i) => {
    const known = state >= SessionState.ACTIVE && state <= SessionState.LOST;
    if (!known) throw fieldInvalid(`states[${i}]`, 'is no state: ACTIVE, ENDED or LOST');
  });
  return states.length === 0 ? undefined : new Set(states);
}

function stateOf(image: Uint8Array): number {
  const scan = new WireScan(image);
  while (scan.next()) if (scan.field === STATE_FIELD && scan.wire === WIRE_VARINT) return scan.varint;
  return 0;
}
