package dev.holdfast.smoke;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import com.google.rpc.BadRequest;
import com.google.rpc.ErrorInfo;
import com.google.rpc.ResourceInfo;
import dev.holdfast.v1.CreateTaskRequest;
import dev.holdfast.v1.Event;
import dev.holdfast.v1.EventServiceGrpc;
import dev.holdfast.v1.GetTaskRequest;
import dev.holdfast.v1.ListTasksRequest;
import dev.holdfast.v1.ListTasksResponse;
import dev.holdfast.v1.Position;
import dev.holdfast.v1.Priority;
import dev.holdfast.v1.Task;
import dev.holdfast.v1.TaskServiceGrpc;
import dev.holdfast.v1.TaskState;
import dev.holdfast.v1.WatchEventsRequest;
import dev.holdfast.v1.WatchEventsResponse;
import io.grpc.Context;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/** Says whether these stubs work against the server at HOLDFAST_ADDRESS (127.0.0.1:7420): one line for each step that went well. */
public final class Smoke {
  private static final String PARENT = "projects/default";

  /** The whole program takes less on a server that works. */
  private static final long TIMEOUT_SECONDS = 20;

  private final TaskServiceGrpc.TaskServiceBlockingStub tasks;
  private final EventServiceGrpc.EventServiceBlockingStub events;
  private final String run = UUID.randomUUID().toString();

  private Smoke(ManagedChannel channel) {
    tasks = TaskServiceGrpc.newBlockingStub(channel).withDeadlineAfter(TIMEOUT_SECONDS, TimeUnit.SECONDS);
    events = EventServiceGrpc.newBlockingStub(channel).withDeadlineAfter(TIMEOUT_SECONDS, TimeUnit.SECONDS);
  }

  public static void main(String[] args) throws Exception {
    String address = System.getenv().getOrDefault("HOLDFAST_ADDRESS", "127.0.0.1:7420");
    ManagedChannel channel = Grpc.newChannelBuilder(address, InsecureChannelCredentials.create()).build();
    try {
      new Smoke(channel).all();
    } finally {
      channel.shutdownNow().awaitTermination(TIMEOUT_SECONDS, TimeUnit.SECONDS);
    }
  }

  private void all() throws InvalidProtocolBufferException {
    Position before =
        tasks.listTasks(ListTasksRequest.newBuilder().setParent(PARENT).setPageSize(1).build()).getPosition();
    List<String> names = new ArrayList<>();
    for (int number = 0; number < 3; number++) {
      names.add(create(number));
    }
    get(names.get(0));
    list(names);
    watch(before, names.get(0));
    notFound();
    fieldInvalid();
  }

  private String create(int number) {
    Task task =
        Task.newBuilder()
            .setTitle("Smoke " + number)
            .setPriority(Priority.PRIORITY_P1)
            .putLabels("smoke", run)
            .setPayload(
                Struct.newBuilder().putFields("number", Value.newBuilder().setNumberValue(number).build()))
            .build();
    CreateTaskRequest request =
        CreateTaskRequest.newBuilder()
            .setParent(PARENT)
            .setTask(task)
            .setRequestId(UUID.randomUUID().toString())
            .build();
    String name = tasks.createTask(request).getTask().getName();
    // The same request again: the same task, not another one.
    String again = tasks.createTask(request).getTask().getName();
    check(name.startsWith(PARENT + "/tasks/") && again.equals(name), name + ", then " + again);
    System.out.println("ok create " + name);
    return name;
  }

  private void get(String name) {
    Task task = tasks.getTask(GetTaskRequest.newBuilder().setName(name).build()).getTask();
    check(task.getTitle().equals("Smoke 0") && task.getState() == TaskState.TASK_STATE_PENDING, task);
    check(task.getPayload().getFieldsOrThrow("number").getNumberValue() == 0, task);
    check(task.getCreateTime().getSeconds() > 0, task);
    System.out.println("ok get " + task.getState());
  }

  private void list(List<String> names) {
    ListTasksRequest.Builder request =
        ListTasksRequest.newBuilder().setParent(PARENT).putLabels("smoke", run).setPageSize(2);
    List<String> listed = new ArrayList<>();
    int pages = 0;
    String token;
    do {
      ListTasksResponse response = tasks.listTasks(request.build());
      check(response.getTasksCount() <= 2, response);
      response.getTasksList().forEach(task -> listed.add(task.getName()));
      pages++;
      token = response.getNextPageToken();
      request.setPageToken(token);
    } while (!token.isEmpty());
    check(pages > 1 && listed.size() == names.size() && listed.containsAll(names), listed);
    System.out.println("ok list " + listed.size());
  }

  private void watch(Position after, String name) {
    WatchEventsRequest request = WatchEventsRequest.newBuilder().setParent(PARENT).setAfter(after).build();
    // The stream ends with the context.
    Context.CancellableContext context = Context.current().withCancellation();
    try {
      context.run(
          () -> {
            Event event = firstEvent(events.watchEvents(request), name);
            check(event.getAfter().getTask().getTitle().equals("Smoke 0"), event);
            System.out.println("ok watch " + event.getType());
          });
    } finally {
      context.cancel(null);
    }
  }

  private static Event firstEvent(Iterator<WatchEventsResponse> stream, String name) {
    while (stream.hasNext()) {
      for (Event event : stream.next().getEvents().getEventsList()) {
        if (event.getName().equals(name)) {
          return event;
        }
      }
    }
    throw new AssertionError("the stream ended without the event");
  }

  private void notFound() throws InvalidProtocolBufferException {
    GetTaskRequest request = GetTaskRequest.newBuilder().setName(PARENT + "/tasks/no-such-task").build();
    com.google.rpc.Status refusal = refusal(Status.Code.NOT_FOUND, () -> tasks.getTask(request));
    String reason = reason(refusal);
    System.out.println("ok error " + reason + " " + detail(refusal, ResourceInfo.class).getResourceName());
  }

  private void fieldInvalid() throws InvalidProtocolBufferException {
    CreateTaskRequest request =
        CreateTaskRequest.newBuilder().setParent(PARENT).setTask(Task.getDefaultInstance()).build();
    com.google.rpc.Status refusal = refusal(Status.Code.INVALID_ARGUMENT, () -> tasks.createTask(request));
    String reason = reason(refusal);
    String field = detail(refusal, BadRequest.class).getFieldViolations(0).getField();
    System.out.println("ok error " + reason + " " + field);
  }

  private static com.google.rpc.Status refusal(Status.Code code, Runnable call) {
    try {
      call.run();
    } catch (StatusRuntimeException error) {
      check(error.getStatus().getCode() == code, error);
      return StatusProto.fromThrowable(error);
    }
    throw new AssertionError("the call was not refused");
  }

  private static String reason(com.google.rpc.Status refusal) throws InvalidProtocolBufferException {
    ErrorInfo info = detail(refusal, ErrorInfo.class);
    check(info.getDomain().equals("holdfast"), info);
    return info.getReason();
  }

  private static <T extends Message> T detail(com.google.rpc.Status refusal, Class<T> kind)
      throws InvalidProtocolBufferException {
    for (com.google.protobuf.Any detail : refusal.getDetailsList()) {
      if (detail.is(kind)) {
        return detail.unpack(kind);
      }
    }
    throw new AssertionError("no " + kind.getSimpleName() + " in " + refusal);
  }

  private static void check(boolean holds, Object what) {
    if (!holds) {
      throw new AssertionError("unexpected: " + what);
    }
  }
}
