// Goal: a load that did not do what it says fails, instead of giving a figure. Method: an in-process server whose calls fail
// in part, loaded by both generators.

import { Server, ServerCredentials, status } from '@grpc/grpc-js';
import { CreateTaskRequest, CreateTaskResponse, TaskServiceService } from '../../src/gen/holdfast/v1/task_service';
import type { UntypedServiceImplementation, handleUnaryCall } from '@grpc/grpc-js';
import { itIf } from '../support/skips';
import { availableTool, runLoad } from './load';
import type { Load } from './load';
import { createRequest, referenceTask, referenceTaskBytes } from './reference';
import { Task } from '../../src/gen/holdfast/v1/task';

const anId = '01936f5e-8a1c-7c4e-b1d2-3f4a5b6c7d8e';

describe('a load', () => {
  let server: Server;
  let address: string;
  let failing = 0;
  let requestIds: Set<string>;
  let descriptions: Set<string>;

  beforeEach(async () => {
    failing = 0;
    requestIds = new Set();
    descriptions = new Set();
    let calls = 0;
    const createTask: handleUnaryCall<CreateTaskRequest, CreateTaskResponse> = ({ request }, reply) => {
      calls++;
      requestIds.add(request.requestId);
      descriptions.add(request.task?.description ?? '');
      if (failing > 0 && calls % failing === 0) reply({ code: status.UNAVAILABLE });
      else reply(null, CreateTaskResponse.create({ task: request.task }));
    };
    server = new Server();
    server.addService(TaskServiceService, { createTask } satisfies UntypedServiceImplementation);
    const port = await new Promise<number>((resolve, reject) =>
      server.bindAsync('127.0.0.1:0', ServerCredentials.createInsecure(), (error, bound) =>
        error ? reject(error) : resolve(bound),
      ),
    );
    address = `127.0.0.1:${port}`;
  });
  afterEach(() => server.forceShutdown());

  const load = (message = createRequest()): Load => ({
    address,
    method: 'TaskService/CreateTask',
    message,
    count: 200,
    connections: 2,
    inFlight: 8,
  });

  it('of raw frames counts each reply', async () => {
    const result = await runLoad(load(), 'frames');
    expect(result.count).toBe(200);
    expect(result.dataBytes).toBeGreaterThanOrEqual(200 * referenceTaskBytes);
    expect(result.perSecond).toBeGreaterThan(0);
  });

  it('of raw frames sends a fresh request id each time', async () => {
    await runLoad({ ...load(createRequest(anId)), requestId: anId }, 'frames');
    expect(requestIds.size).toBe(200);
  });

  it('of raw frames gives each task other words of the same length', async () => {
    const { description } = referenceTask();
    await runLoad({ ...load(), words: description }, 'frames');
    // Two of two hundred may begin at the same of a million places.
    expect(descriptions.size).toBeGreaterThan(190);
    expect(new Set([...descriptions].map(({ length }) => length))).toEqual(new Set([description.length]));
  });

  it('of raw frames carries bodies of several frames', async () => {
    const task = { ...referenceTask(), description: 'x'.repeat(40_000) };
    const large = CreateTaskRequest.encode(CreateTaskRequest.create({ task })).finish();
    const result = await runLoad(load(large), 'frames');
    expect(result.count).toBe(200);
    expect(result.dataBytes).toBeGreaterThan(200 * 40_000);
  });

  it('of raw frames fails when some calls fail', async () => {
    failing = 10;
    await expect(runLoad(load(), 'frames')).rejects.toThrow('20 of 200 calls failed');
  });

  itIf(
    availableTool() === 'h2load',
    'needs h2load',
    'of h2load shows failed calls as bytes that are missing',
    async () => {
      expect((await runLoad(load(), 'h2load')).dataBytes).toBeGreaterThanOrEqual(200 * referenceTaskBytes);
      failing = 10;
      expect((await runLoad(load(), 'h2load')).dataBytes).toBeLessThan(200 * referenceTaskBytes);
    },
  );

  it('is of a task of the stated size', () => {
    expect(Task.encode(referenceTask()).finish()).toHaveLength(referenceTaskBytes);
  });
});
