"""Says whether these stubs work against the server at HOLDFAST_ADDRESS (127.0.0.1:7420): one line for each step that went well."""

import os
import uuid

import grpc
from google.rpc import error_details_pb2
from grpc_status import rpc_status

from holdfast.v1 import (
    event_service_pb2,
    event_service_pb2_grpc,
    session_service_pb2,
    session_service_pb2_grpc,
    task_pb2,
    task_service_pb2,
    task_service_pb2_grpc,
)

PARENT = "projects/default"
# No call of this program takes longer on a server that works.
TIMEOUT_S = 20


def main():
    with grpc.insecure_channel(os.environ.get("HOLDFAST_ADDRESS", "127.0.0.1:7420")) as channel:
        tasks = task_service_pb2_grpc.TaskServiceStub(channel)
        events = event_service_pb2_grpc.EventServiceStub(channel)
        run = uuid.uuid4().hex
        before = tasks.ListTasks(
            task_service_pb2.ListTasksRequest(parent=PARENT, page_size=1), timeout=TIMEOUT_S
        ).position
        names = [create(tasks, run, number) for number in range(3)]
        get(tasks, names[0])
        list_pages(tasks, run, names)
        watch(events, before, names[0])
        not_found(tasks)
        field_invalid(tasks)
        claim(session_service_pb2_grpc.SessionServiceStub(channel), tasks, run, names[0])


def create(tasks, run, number):
    request = task_service_pb2.CreateTaskRequest(
        parent=PARENT,
        task=task_pb2.Task(
            title=f"Smoke {number}",
            priority=task_pb2.PRIORITY_P1,
            labels={"smoke": run},
            payload={"number": number},
        ),
        request_id=str(uuid.uuid4()),
    )
    task = tasks.CreateTask(request, timeout=TIMEOUT_S).task
    # The same request again: the same task, not another one.
    again = tasks.CreateTask(request, timeout=TIMEOUT_S).task
    assert task.name.startswith(f"{PARENT}/tasks/") and again.name == task.name
    print("ok create", task.name)
    return task.name


def get(tasks, name):
    task = tasks.GetTask(task_service_pb2.GetTaskRequest(name=name), timeout=TIMEOUT_S).task
    assert task.title == "Smoke 0" and task.state == task_pb2.TASK_STATE_PENDING
    assert task.payload["number"] == 0 and task.create_time.seconds > 0
    print("ok get", task_pb2.TaskState.Name(task.state))


def list_pages(tasks, run, names):
    request = task_service_pb2.ListTasksRequest(parent=PARENT, labels={"smoke": run}, page_size=2)
    pages = []
    while True:
        response = tasks.ListTasks(request, timeout=TIMEOUT_S)
        pages.append([task.name for task in response.tasks])
        if not response.next_page_token:
            break
        request.page_token = response.next_page_token
    assert sorted(name for page in pages for name in page) == sorted(names)
    assert len(pages) > 1 and all(len(page) <= 2 for page in pages)
    print("ok list", len(names))


def watch(events, after, name):
    request = event_service_pb2.WatchEventsRequest(parent=PARENT, after=after)
    stream = events.WatchEvents(request, timeout=TIMEOUT_S)
    for message in stream:
        for event in message.events.events:
            if event.name == name:
                assert event.after.task.title == "Smoke 0"
                stream.cancel()
                print("ok watch", event.type)
                return
    raise AssertionError("the stream ended without the event")


def not_found(tasks):
    info, details = refusal(
        lambda: tasks.GetTask(
            task_service_pb2.GetTaskRequest(name=f"{PARENT}/tasks/no-such-task"), timeout=TIMEOUT_S
        ),
        grpc.StatusCode.NOT_FOUND,
        error_details_pb2.ResourceInfo,
    )
    print("ok error", info.reason, details.resource_name)


def field_invalid(tasks):
    info, details = refusal(
        lambda: tasks.CreateTask(
            task_service_pb2.CreateTaskRequest(parent=PARENT, task=task_pb2.Task(title="")), timeout=TIMEOUT_S
        ),
        grpc.StatusCode.INVALID_ARGUMENT,
        error_details_pb2.BadRequest,
    )
    print("ok error", info.reason, details.field_violations[0].field)


def claim(sessions, tasks, run, name):
    started = sessions.StartSession(
        session_service_pb2.StartSessionRequest(parent=PARENT, agent=f"smoke-{run}", request_id=str(uuid.uuid4())),
        timeout=TIMEOUT_S,
    )
    session = started.session.name
    # Who acts: it goes with every call of the session.
    acting = (("holdfast-session", f"{session};{started.token}"),)
    request = task_service_pb2.ClaimTaskRequest(name=name, request_id=str(uuid.uuid4()))
    (task,) = tasks.ClaimTask(request, metadata=acting, timeout=TIMEOUT_S).tasks
    assert task.lease.session == session and task.state == task_pb2.TASK_STATE_RUNNING
    print("ok claim", task.name)
    request = task_service_pb2.CompleteTaskRequest(
        name=name, fencing_token=task.lease.fencing_token, result={"words": 3}, request_id=str(uuid.uuid4())
    )
    done = tasks.CompleteTask(request, metadata=acting, timeout=TIMEOUT_S).task
    assert done.result["words"] == 3
    print("ok complete", task_pb2.TaskState.Name(done.state))
    request = session_service_pb2.EndSessionRequest(name=session, summary="smoke", request_id=str(uuid.uuid4()))
    sessions.EndSession(request, metadata=acting, timeout=TIMEOUT_S)


def refusal(call, code, kind):
    """The ErrorInfo of a call that must be refused, and the detail of the given kind."""
    try:
        call()
    except grpc.RpcError as error:
        assert error.code() == code, error
        status = rpc_status.from_call(error)
    else:
        raise AssertionError("the call was not refused")
    info, found = error_details_pb2.ErrorInfo(), kind()
    for detail in status.details:
        for message in (info, found):
            if detail.Is(message.DESCRIPTOR):
                detail.Unpack(message)
    assert info.domain == "holdfast"
    return info, found


if __name__ == "__main__":
    main()
