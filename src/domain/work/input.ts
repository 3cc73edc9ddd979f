// A question of a task's holder, and its answer. Questions are numbered from 1; the newest hundred are kept.

import { EntityKind, EventType } from '../../gen/holdfast/journal/v1/journal';
import { TaskState } from '../../gen/holdfast/v1/task';
import type { Task } from '../../gen/holdfast/v1/task';
import type { ProvideInputRequest, RequestInputRequest } from '../../gen/holdfast/v1/task_service';
import { AttemptOutcome, InputExchange } from '../../gen/holdfast/v1/work';
import type { InputAnswer, InputRequest } from '../../gen/holdfast/v1/work';
import { idIn } from '../sessions/agent-names';
import { named } from './claim-task';
import { PRINCIPAL_SYSTEM } from '../command';
import type { Draft } from '../draft';
import { checkBytes, checkLength, checkTime } from '../field-checks';
import { endHold } from './hold';
import { findHeld } from './holder';
import { checkStruct } from '../json-struct';
import { ANSWER_BYTES_MAX, INPUTS_KEPT, OFFER_MS, OPTIONS_MAX, OPTION_LENGTH_MAX, QUESTION_BYTES_MAX } from '../limits';
import { quote } from '../quote';
import { fieldInvalid } from '../refusal';
import { imageOf } from '../row-image';
import type { FoundTask } from '../task-access';
import { findForVerb } from '../task-verbs';
import { millisecondsOf } from '../timestamp';
import type { Report } from '../violations';
import { Violations } from '../violations';
import { isHeldWork } from './work-rows';

/** RequestInput. Gives what names the task and its TASK_WORK row. */
export function requestInput(draft: Draft, request: RequestInputRequest): number[] {
  const question = request.request;
  if (!question) throw fieldInvalid('request', 'is required');
  const violations = new Violations();
  checkQuestion(question, violations.report);
  violations.throwIfAny();
  const held = findHeld(draft, 'requestInput', request, 'fenced');
  const { project, id, task, work } = held;
  const session = work.lease!.session;
  if (!request.keepLease) endHold(draft, project, id, { outcome: AttemptOutcome.INPUT_REQUIRED });
  work.inputs++;
  work.inputDeadlineMs = millisecondsOf(question.deadline);
  putExchange(draft, project, id, work.inputs, {
    request: question,
    session,
    askTime: draft.now,
    answer: undefined,
    answeredBy: '',
    endTime: undefined,
    expired: false,
  });
  const after: Task = { ...task, state: TaskState.INPUT_REQUIRED, stateReason: question.question };
  draft.putTask(project, id, task, after, EventType.TASK_INPUT_REQUESTED);
  return named(draft, held);
}

/** ProvideInput. Gives what names the task and its TASK_WORK row. */
export function provideInput(draft: Draft, request: ProvideInputRequest): number[] {
  const found = findForVerb(draft, 'provideInput', { ...request, reason: '' }, ({ report }) =>
    checkAnswer(request.answer, 'answer', report),
  );
  const { answer } = request;
  if (!answer) throw fieldInvalid('answer', 'is required');
  const exchange = openExchange(draft, found);
  const options = exchange.request?.options ?? [];
  if (options.length > 0 && !options.includes(answer.text)) {
    throw fieldInvalid('answer.text', `${quote(answer.text)} is none of the options: ${options.map(quote).join(', ')}`);
  }
  endExchange(draft, found, { ...exchange, answer, answeredBy: draft.acting?.name ?? draft.caller.principal });
  return named(draft, found);
}

/** The deadline of a question has come: its default is the answer; without one the task goes on without. */
export function expireInput(draft: Draft, found: FoundTask): void {
  const exchange = openExchange(draft, found);
  const answer = exchange.request?.defaultAnswer;
  const answeredBy = answer ? PRINCIPAL_SYSTEM : '';
  endExchange(draft, found, { ...exchange, answer, answeredBy, expired: !answer });
}

/** The task goes on: in the hands of its holder, or offered to the agent that asked for ten minutes. */
function endExchange(draft: Draft, { project, id, task }: FoundTask, exchange: InputExchange): void {
  const work = draft.works.work(project, id);
  putExchange(draft, project, id, work.inputs, { ...exchange, endTime: draft.now });
  work.inputDeadlineMs = 0;
  const stateReason = exchange.expired ? 'the question was not answered in time' : '';
  if (isHeldWork(work)) {
    const after: Task = { ...task, state: TaskState.RUNNING, stateReason };
    draft.putTask(project, id, task, after, EventType.TASK_INPUT_PROVIDED);
    return;
  }
  const asker = agentOfSession(draft, project, exchange.session);
  let { assignee } = task;
  if (asker !== '' && asker !== assignee) {
    work.offerEndMs = draft.context.nowMs + OFFER_MS;
    work.offerPreviousAssignee = assignee;
    assignee = asker;
  }
  const after: Task = { ...task, state: TaskState.PENDING, stateReason, assignee };
  draft.putTask(project, id, task, after, EventType.TASK_INPUT_PROVIDED);
}

/** The id of a session's agent; empty if the session is gone. */
function agentOfSession(draft: Draft, project: string, session: string): string {
  return idIn(draft.session(project, idIn(session))?.agent ?? '');
}

function openExchange(draft: Draft, { project, id }: FoundTask): InputExchange {
  const { inputs } = draft.works.work(project, id);
  const image = draft.image(EntityKind.TASK_INPUT, project, `${id}/${inputs}`);
  return image ? InputExchange.decode(image) : InputExchange.fromPartial({});
}

function putExchange(draft: Draft, project: string, task: string, number: number, exchange: InputExchange): void {
  const kind = EntityKind.TASK_INPUT;
  draft.put(kind, project, `${task}/${number}`, imageOf(InputExchange, exchange), EventType.UNSPECIFIED, []);
  const old = `${task}/${number - INPUTS_KEPT}`;
  if (number > INPUTS_KEPT && draft.image(kind, project, old))
    draft.put(kind, project, old, undefined, EventType.UNSPECIFIED, []);
}

function checkQuestion({ question, options, schema, defaultAnswer, deadline }: InputRequest, report: Report): void {
  if (question.trim() === '') report('request.question', 'is required');
  checkBytes(question, QUESTION_BYTES_MAX, 'request.question', report);
  if (options.length > OPTIONS_MAX)
    report('request.options', `has ${options.length} entries, at most ${OPTIONS_MAX} are allowed`);
  options.slice(0, OPTIONS_MAX).forEach((option, i) => {
    if (option === '') report(`request.options[${i}]`, 'is empty');
    checkLength(option, OPTION_LENGTH_MAX, `request.options[${i}]`, report);
  });
  checkStruct(schema, 'request.schema', report, ANSWER_BYTES_MAX);
  checkAnswer(defaultAnswer, 'request.default_answer', report);
  if (defaultAnswer && options.length > 0 && !options.includes(defaultAnswer.text))
    report('request.default_answer.text', 'is none of the options');
  checkTime(deadline, 'request.deadline', report);
}

function checkAnswer(answer: InputAnswer | undefined, field: string, report: Report): void {
  if (!answer) return;
  checkBytes(answer.text, ANSWER_BYTES_MAX, `${field}.text`, report);
  checkStruct(answer.data, `${field}.data`, report, ANSWER_BYTES_MAX);
}
