package dev.holdfast.v1;

import static io.grpc.MethodDescriptor.generateFullMethodName;

/**
 * <pre>
 * Follows the journal. A subscription is a cursor, not a queue: nothing is stored for a reader that is away, and nothing is
 * dropped. Within a stream events are ordered, unique, gapless and atomic. A reader that stores the last position with its
 * effects sees each event exactly once.
 * </pre>
 */
@io.grpc.stub.annotations.GrpcGenerated
public final class EventServiceGrpc {

  private EventServiceGrpc() {}

  public static final java.lang.String SERVICE_NAME = "holdfast.v1.EventService";

  // Static method descriptors that strictly reflect the proto.
  private static volatile io.grpc.MethodDescriptor<dev.holdfast.v1.WatchEventsRequest,
      dev.holdfast.v1.WatchEventsResponse> getWatchEventsMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "WatchEvents",
      requestType = dev.holdfast.v1.WatchEventsRequest.class,
      responseType = dev.holdfast.v1.WatchEventsResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.SERVER_STREAMING)
  public static io.grpc.MethodDescriptor<dev.holdfast.v1.WatchEventsRequest,
      dev.holdfast.v1.WatchEventsResponse> getWatchEventsMethod() {
    io.grpc.MethodDescriptor<dev.holdfast.v1.WatchEventsRequest, dev.holdfast.v1.WatchEventsResponse> getWatchEventsMethod;
    if ((getWatchEventsMethod = EventServiceGrpc.getWatchEventsMethod) == null) {
      synchronized (EventServiceGrpc.class) {
        if ((getWatchEventsMethod = EventServiceGrpc.getWatchEventsMethod) == null) {
          EventServiceGrpc.getWatchEventsMethod = getWatchEventsMethod =
              io.grpc.MethodDescriptor.<dev.holdfast.v1.WatchEventsRequest, dev.holdfast.v1.WatchEventsResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.SERVER_STREAMING)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "WatchEvents"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.holdfast.v1.WatchEventsRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.holdfast.v1.WatchEventsResponse.getDefaultInstance()))
              .setSchemaDescriptor(new EventServiceMethodDescriptorSupplier("WatchEvents"))
              .build();
        }
      }
    }
    return getWatchEventsMethod;
  }

  private static volatile io.grpc.MethodDescriptor<dev.holdfast.v1.ReadEventsRequest,
      dev.holdfast.v1.ReadEventsResponse> getReadEventsMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "ReadEvents",
      requestType = dev.holdfast.v1.ReadEventsRequest.class,
      responseType = dev.holdfast.v1.ReadEventsResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<dev.holdfast.v1.ReadEventsRequest,
      dev.holdfast.v1.ReadEventsResponse> getReadEventsMethod() {
    io.grpc.MethodDescriptor<dev.holdfast.v1.ReadEventsRequest, dev.holdfast.v1.ReadEventsResponse> getReadEventsMethod;
    if ((getReadEventsMethod = EventServiceGrpc.getReadEventsMethod) == null) {
      synchronized (EventServiceGrpc.class) {
        if ((getReadEventsMethod = EventServiceGrpc.getReadEventsMethod) == null) {
          EventServiceGrpc.getReadEventsMethod = getReadEventsMethod =
              io.grpc.MethodDescriptor.<dev.holdfast.v1.ReadEventsRequest, dev.holdfast.v1.ReadEventsResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "ReadEvents"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.holdfast.v1.ReadEventsRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.holdfast.v1.ReadEventsResponse.getDefaultInstance()))
              .setSchemaDescriptor(new EventServiceMethodDescriptorSupplier("ReadEvents"))
              .build();
        }
      }
    }
    return getReadEventsMethod;
  }

  private static volatile io.grpc.MethodDescriptor<dev.holdfast.v1.ListEventsRequest,
      dev.holdfast.v1.ListEventsResponse> getListEventsMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "ListEvents",
      requestType = dev.holdfast.v1.ListEventsRequest.class,
      responseType = dev.holdfast.v1.ListEventsResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<dev.holdfast.v1.ListEventsRequest,
      dev.holdfast.v1.ListEventsResponse> getListEventsMethod() {
    io.grpc.MethodDescriptor<dev.holdfast.v1.ListEventsRequest, dev.holdfast.v1.ListEventsResponse> getListEventsMethod;
    if ((getListEventsMethod = EventServiceGrpc.getListEventsMethod) == null) {
      synchronized (EventServiceGrpc.class) {
        if ((getListEventsMethod = EventServiceGrpc.getListEventsMethod) == null) {
          EventServiceGrpc.getListEventsMethod = getListEventsMethod =
              io.grpc.MethodDescriptor.<dev.holdfast.v1.ListEventsRequest, dev.holdfast.v1.ListEventsResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "ListEvents"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.holdfast.v1.ListEventsRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.holdfast.v1.ListEventsResponse.getDefaultInstance()))
              .setSchemaDescriptor(new EventServiceMethodDescriptorSupplier("ListEvents"))
              .build();
        }
      }
    }
    return getListEventsMethod;
  }

  private static volatile io.grpc.MethodDescriptor<dev.holdfast.v1.VerifyAuditRequest,
      dev.holdfast.v1.VerifyAuditResponse> getVerifyAuditMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "VerifyAudit",
      requestType = dev.holdfast.v1.VerifyAuditRequest.class,
      responseType = dev.holdfast.v1.VerifyAuditResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<dev.holdfast.v1.VerifyAuditRequest,
      dev.holdfast.v1.VerifyAuditResponse> getVerifyAuditMethod() {
    io.grpc.MethodDescriptor<dev.holdfast.v1.VerifyAuditRequest, dev.holdfast.v1.VerifyAuditResponse> getVerifyAuditMethod;
    if ((getVerifyAuditMethod = EventServiceGrpc.getVerifyAuditMethod) == null) {
      synchronized (EventServiceGrpc.class) {
        if ((getVerifyAuditMethod = EventServiceGrpc.getVerifyAuditMethod) == null) {
          EventServiceGrpc.getVerifyAuditMethod = getVerifyAuditMethod =
              io.grpc.MethodDescriptor.<dev.holdfast.v1.VerifyAuditRequest, dev.holdfast.v1.VerifyAuditResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "VerifyAudit"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.holdfast.v1.VerifyAuditRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.holdfast.v1.VerifyAuditResponse.getDefaultInstance()))
              .setSchemaDescriptor(new EventServiceMethodDescriptorSupplier("VerifyAudit"))
              .build();
        }
      }
    }
    return getVerifyAuditMethod;
  }

  /**
   * Creates a new async stub that supports all call types for the service
   */
  public static EventServiceStub newStub(io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<EventServiceStub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<EventServiceStub>() {
        @java.lang.Override
        public EventServiceStub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new EventServiceStub(channel, callOptions);
        }
      };
    return EventServiceStub.newStub(factory, channel);
  }

  /**
   * Creates a new blocking-style stub that supports all types of calls on the service
   */
  public static EventServiceBlockingV2Stub newBlockingV2Stub(
      io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<EventServiceBlockingV2Stub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<EventServiceBlockingV2Stub>() {
        @java.lang.Override
        public EventServiceBlockingV2Stub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new EventServiceBlockingV2Stub(channel, callOptions);
        }
      };
    return EventServiceBlockingV2Stub.newStub(factory, channel);
  }

  /**
   * Creates a new blocking-style stub that supports unary and streaming output calls on the service
   */
  public static EventServiceBlockingStub newBlockingStub(
      io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<EventServiceBlockingStub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<EventServiceBlockingStub>() {
        @java.lang.Override
        public EventServiceBlockingStub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new EventServiceBlockingStub(channel, callOptions);
        }
      };
    return EventServiceBlockingStub.newStub(factory, channel);
  }

  /**
   * Creates a new ListenableFuture-style stub that supports unary calls on the service
   */
  public static EventServiceFutureStub newFutureStub(
      io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<EventServiceFutureStub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<EventServiceFutureStub>() {
        @java.lang.Override
        public EventServiceFutureStub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new EventServiceFutureStub(channel, callOptions);
        }
      };
    return EventServiceFutureStub.newStub(factory, channel);
  }

  /**
   * <pre>
   * Follows the journal. A subscription is a cursor, not a queue: nothing is stored for a reader that is away, and nothing is
   * dropped. Within a stream events are ordered, unique, gapless and atomic. A reader that stores the last position with its
   * effects sees each event exactly once.
   * </pre>
   */
  public interface AsyncService {

    /**
     * <pre>
     * Streams events from any position on, for as long as the caller listens.
     * A reader that does not read is waited for. One that stalls longer than the server's limit (30 s by default) ends with
     * RESOURCE_EXHAUSTED `SLOW_CONSUMER`; it resumes from the last position it got, and misses nothing. One that stays away for
     * as long again is cut off without a status, as that stands behind what it has not read; it resumes in the same way.
     * Errors: OUT_OF_RANGE `POSITION_TOO_OLD`, `POSITION_UNKNOWN`; UNAVAILABLE `DRAINING` when the server stops. Retry safe.
     * </pre>
     */
    default void watchEvents(dev.holdfast.v1.WatchEventsRequest request,
        io.grpc.stub.StreamObserver<dev.holdfast.v1.WatchEventsResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getWatchEventsMethod(), responseObserver);
    }

    /**
     * <pre>
     * The unary twin of WatchEvents: the events after a position, waiting for the first if asked to. Retry safe.
     * </pre>
     */
    default void readEvents(dev.holdfast.v1.ReadEventsRequest request,
        io.grpc.stub.StreamObserver<dev.holdfast.v1.ReadEventsResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getReadEventsMethod(), responseObserver);
    }

    /**
     * <pre>
     * Lists events of the past: who did what, when, from where. By entity it follows the journal's index; by principal, session and time it reads the journal.
     * Retry safe.
     * </pre>
     */
    default void listEvents(dev.holdfast.v1.ListEventsRequest request,
        io.grpc.stub.StreamObserver<dev.holdfast.v1.ListEventsResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getListEventsMethod(), responseObserver);
    }

    /**
     * <pre>
     * Recomputes the journal's chain and holds it against every anchor: backups, state checkpoint, and those that the request brings. The Operation's response
     * is an AuditReport. Errors: OUT_OF_RANGE `POSITION_TOO_OLD`, `POSITION_UNKNOWN`; RESOURCE_EXHAUSTED `QUOTA` while another runs.
     * </pre>
     */
    default void verifyAudit(dev.holdfast.v1.VerifyAuditRequest request,
        io.grpc.stub.StreamObserver<dev.holdfast.v1.VerifyAuditResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getVerifyAuditMethod(), responseObserver);
    }
  }

  /**
   * Base class for the server implementation of the service EventService.
   * <pre>
   * Follows the journal. A subscription is a cursor, not a queue: nothing is stored for a reader that is away, and nothing is
   * dropped. Within a stream events are ordered, unique, gapless and atomic. A reader that stores the last position with its
   * effects sees each event exactly once.
   * </pre>
   */
  public static abstract class EventServiceImplBase
      implements io.grpc.BindableService, AsyncService {

    @java.lang.Override public final io.grpc.ServerServiceDefinition bindService() {
      return EventServiceGrpc.bindService(this);
    }
  }

  /**
   * A stub to allow clients to do asynchronous rpc calls to service EventService.
   * <pre>
   * Follows the journal. A subscription is a cursor, not a queue: nothing is stored for a reader that is away, and nothing is
   * dropped. Within a stream events are ordered, unique, gapless and atomic. A reader that stores the last position with its
   * effects sees each event exactly once.
   * </pre>
   */
  public static final class EventServiceStub
      extends io.grpc.stub.AbstractAsyncStub<EventServiceStub> {
    private EventServiceStub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected EventServiceStub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new EventServiceStub(channel, callOptions);
    }

    /**
     * <pre>
     * Streams events from any position on, for as long as the caller listens.
     * A reader that does not read is waited for. One that stalls longer than the server's limit (30 s by default) ends with
     * RESOURCE_EXHAUSTED `SLOW_CONSUMER`; it resumes from the last position it got, and misses nothing. One that stays away for
     * as long again is cut off without a status, as that stands behind what it has not read; it resumes in the same way.
     * Errors: OUT_OF_RANGE `POSITION_TOO_OLD`, `POSITION_UNKNOWN`; UNAVAILABLE `DRAINING` when the server stops. Retry safe.
     * </pre>
     */
    public void watchEvents(dev.holdfast.v1.WatchEventsRequest request,
        io.grpc.stub.StreamObserver<dev.holdfast.v1.WatchEventsResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncServerStreamingCall(
          getChannel().newCall(getWatchEventsMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * The unary twin of WatchEvents: the events after a position, waiting for the first if asked to. Retry safe.
     * </pre>
     */
    public void readEvents(dev.holdfast.v1.ReadEventsRequest request,
        io.grpc.stub.StreamObserver<dev.holdfast.v1.ReadEventsResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getReadEventsMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Lists events of the past: who did what, when, from where. By entity it follows the journal's index; by principal, session and time it reads the journal.
     * Retry safe.
     * </pre>
     */
    public void listEvents(dev.holdfast.v1.ListEventsRequest request,
        io.grpc.stub.StreamObserver<dev.holdfast.v1.ListEventsResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getListEventsMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Recomputes the journal's chain and holds it against every anchor: backups, state checkpoint, and those that the request brings. The Operation's response
     * is an AuditReport. Errors: OUT_OF_RANGE `POSITION_TOO_OLD`, `POSITION_UNKNOWN`; RESOURCE_EXHAUSTED `QUOTA` while another runs.
     * </pre>
     */
    public void verifyAudit(dev.holdfast.v1.VerifyAuditRequest request,
        io.grpc.stub.StreamObserver<dev.holdfast.v1.VerifyAuditResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getVerifyAuditMethod(), getCallOptions()), request, responseObserver);
    }
  }

  /**
   * A stub to allow clients to do synchronous rpc calls to service EventService.
   * <pre>
   * Follows the journal. A subscription is a cursor, not a queue: nothing is stored for a reader that is away, and nothing is
   * dropped. Within a stream events are ordered, unique, gapless and atomic. A reader that stores the last position with its
   * effects sees each event exactly once.
   * </pre>
   */
  public static final class EventServiceBlockingV2Stub
      extends io.grpc.stub.AbstractBlockingStub<EventServiceBlockingV2Stub> {
    private EventServiceBlockingV2Stub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected EventServiceBlockingV2Stub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new EventServiceBlockingV2Stub(channel, callOptions);
    }

    /**
     * <pre>
     * Streams events from any position on, for as long as the caller listens.
     * A reader that does not read is waited for. One that stalls longer than the server's limit (30 s by default) ends with
     * RESOURCE_EXHAUSTED `SLOW_CONSUMER`; it resumes from the last position it got, and misses nothing. One that stays away for
     * as long again is cut off without a status, as that stands behind what it has not read; it resumes in the same way.
     * Errors: OUT_OF_RANGE `POSITION_TOO_OLD`, `POSITION_UNKNOWN`; UNAVAILABLE `DRAINING` when the server stops. Retry safe.
     * </pre>
     */
    @io.grpc.ExperimentalApi("https://github.com/grpc/grpc-java/issues/10918")
    public io.grpc.stub.BlockingClientCall<?, dev.holdfast.v1.WatchEventsResponse>
        watchEvents(dev.holdfast.v1.WatchEventsRequest request) {
      return io.grpc.stub.ClientCalls.blockingV2ServerStreamingCall(
          getChannel(), getWatchEventsMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * The unary twin of WatchEvents: the events after a position, waiting for the first if asked to. Retry safe.
     * </pre>
     */
    public dev.holdfast.v1.ReadEventsResponse readEvents(dev.holdfast.v1.ReadEventsRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getReadEventsMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Lists events of the past: who did what, when, from where. By entity it follows the journal's index; by principal, session and time it reads the journal.
     * Retry safe.
     * </pre>
     */
    public dev.holdfast.v1.ListEventsResponse listEvents(dev.holdfast.v1.ListEventsRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getListEventsMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Recomputes the journal's chain and holds it against every anchor: backups, state checkpoint, and those that the request brings. The Operation's response
     * is an AuditReport. Errors: OUT_OF_RANGE `POSITION_TOO_OLD`, `POSITION_UNKNOWN`; RESOURCE_EXHAUSTED `QUOTA` while another runs.
     * </pre>
     */
    public dev.holdfast.v1.VerifyAuditResponse verifyAudit(dev.holdfast.v1.VerifyAuditRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getVerifyAuditMethod(), getCallOptions(), request);
    }
  }

  /**
   * A stub to allow clients to do limited synchronous rpc calls to service EventService.
   * <pre>
   * Follows the journal. A subscription is a cursor, not a queue: nothing is stored for a reader that is away, and nothing is
   * dropped. Within a stream events are ordered, unique, gapless and atomic. A reader that stores the last position with its
   * effects sees each event exactly once.
   * </pre>
   */
  public static final class EventServiceBlockingStub
      extends io.grpc.stub.AbstractBlockingStub<EventServiceBlockingStub> {
    private EventServiceBlockingStub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected EventServiceBlockingStub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new EventServiceBlockingStub(channel, callOptions);
    }

    /**
     * <pre>
     * Streams events from any position on, for as long as the caller listens.
     * A reader that does not read is waited for. One that stalls longer than the server's limit (30 s by default) ends with
     * RESOURCE_EXHAUSTED `SLOW_CONSUMER`; it resumes from the last position it got, and misses nothing. One that stays away for
     * as long again is cut off without a status, as that stands behind what it has not read; it resumes in the same way.
     * Errors: OUT_OF_RANGE `POSITION_TOO_OLD`, `POSITION_UNKNOWN`; UNAVAILABLE `DRAINING` when the server stops. Retry safe.
     * </pre>
     */
    public java.util.Iterator<dev.holdfast.v1.WatchEventsResponse> watchEvents(
        dev.holdfast.v1.WatchEventsRequest request) {
      return io.grpc.stub.ClientCalls.blockingServerStreamingCall(
          getChannel(), getWatchEventsMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * The unary twin of WatchEvents: the events after a position, waiting for the first if asked to. Retry safe.
     * </pre>
     */
    public dev.holdfast.v1.ReadEventsResponse readEvents(dev.holdfast.v1.ReadEventsRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getReadEventsMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Lists events of the past: who did what, when, from where. By entity it follows the journal's index; by principal, session and time it reads the journal.
     * Retry safe.
     * </pre>
     */
    public dev.holdfast.v1.ListEventsResponse listEvents(dev.holdfast.v1.ListEventsRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getListEventsMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Recomputes the journal's chain and holds it against every anchor: backups, state checkpoint, and those that the request brings. The Operation's response
     * is an AuditReport. Errors: OUT_OF_RANGE `POSITION_TOO_OLD`, `POSITION_UNKNOWN`; RESOURCE_EXHAUSTED `QUOTA` while another runs.
     * </pre>
     */
    public dev.holdfast.v1.VerifyAuditResponse verifyAudit(dev.holdfast.v1.VerifyAuditRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getVerifyAuditMethod(), getCallOptions(), request);
    }
  }

  /**
   * A stub to allow clients to do ListenableFuture-style rpc calls to service EventService.
   * <pre>
   * Follows the journal. A subscription is a cursor, not a queue: nothing is stored for a reader that is away, and nothing is
   * dropped. Within a stream events are ordered, unique, gapless and atomic. A reader that stores the last position with its
   * effects sees each event exactly once.
   * </pre>
   */
  public static final class EventServiceFutureStub
      extends io.grpc.stub.AbstractFutureStub<EventServiceFutureStub> {
    private EventServiceFutureStub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected EventServiceFutureStub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new EventServiceFutureStub(channel, callOptions);
    }

    /**
     * <pre>
     * The unary twin of WatchEvents: the events after a position, waiting for the first if asked to. Retry safe.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<dev.holdfast.v1.ReadEventsResponse> readEvents(
        dev.holdfast.v1.ReadEventsRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getReadEventsMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Lists events of the past: who did what, when, from where. By entity it follows the journal's index; by principal, session and time it reads the journal.
     * Retry safe.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<dev.holdfast.v1.ListEventsResponse> listEvents(
        dev.holdfast.v1.ListEventsRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getListEventsMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Recomputes the journal's chain and holds it against every anchor: backups, state checkpoint, and those that the request brings. The Operation's response
     * is an AuditReport. Errors: OUT_OF_RANGE `POSITION_TOO_OLD`, `POSITION_UNKNOWN`; RESOURCE_EXHAUSTED `QUOTA` while another runs.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<dev.holdfast.v1.VerifyAuditResponse> verifyAudit(
        dev.holdfast.v1.VerifyAuditRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getVerifyAuditMethod(), getCallOptions()), request);
    }
  }

  private static final int METHODID_WATCH_EVENTS = 0;
  private static final int METHODID_READ_EVENTS = 1;
  private static final int METHODID_LIST_EVENTS = 2;
  private static final int METHODID_VERIFY_AUDIT = 3;

  private static final class MethodHandlers<Req, Resp> implements
      io.grpc.stub.ServerCalls.UnaryMethod<Req, Resp>,
      io.grpc.stub.ServerCalls.ServerStreamingMethod<Req, Resp>,
      io.grpc.stub.ServerCalls.ClientStreamingMethod<Req, Resp>,
      io.grpc.stub.ServerCalls.BidiStreamingMethod<Req, Resp> {
    private final AsyncService serviceImpl;
    private final int methodId;

    MethodHandlers(AsyncService serviceImpl, int methodId) {
      this.serviceImpl = serviceImpl;
      this.methodId = methodId;
    }

    @java.lang.Override
    @java.lang.SuppressWarnings("unchecked")
    public void invoke(Req request, io.grpc.stub.StreamObserver<Resp> responseObserver) {
      switch (methodId) {
        case METHODID_WATCH_EVENTS:
          serviceImpl.watchEvents((dev.holdfast.v1.WatchEventsRequest) request,
              (io.grpc.stub.StreamObserver<dev.holdfast.v1.WatchEventsResponse>) responseObserver);
          break;
        case METHODID_READ_EVENTS:
          serviceImpl.readEvents((dev.holdfast.v1.ReadEventsRequest) request,
              (io.grpc.stub.StreamObserver<dev.holdfast.v1.ReadEventsResponse>) responseObserver);
          break;
        case METHODID_LIST_EVENTS:
          serviceImpl.listEvents((dev.holdfast.v1.ListEventsRequest) request,
              (io.grpc.stub.StreamObserver<dev.holdfast.v1.ListEventsResponse>) responseObserver);
          break;
        case METHODID_VERIFY_AUDIT:
          serviceImpl.verifyAudit((dev.holdfast.v1.VerifyAuditRequest) request,
              (io.grpc.stub.StreamObserver<dev.holdfast.v1.VerifyAuditResponse>) responseObserver);
          break;
        default:
          throw new AssertionError();
      }
    }

    @java.lang.Override
    @java.lang.SuppressWarnings("unchecked")
    public io.grpc.stub.StreamObserver<Req> invoke(
        io.grpc.stub.StreamObserver<Resp> responseObserver) {
      switch (methodId) {
        default:
          throw new AssertionError();
      }
    }
  }

  public static final io.grpc.ServerServiceDefinition bindService(AsyncService service) {
    return io.grpc.ServerServiceDefinition.builder(getServiceDescriptor())
        .addMethod(
          getWatchEventsMethod(),
          io.grpc.stub.ServerCalls.asyncServerStreamingCall(
            new MethodHandlers<
              dev.holdfast.v1.WatchEventsRequest,
              dev.holdfast.v1.WatchEventsResponse>(
                service, METHODID_WATCH_EVENTS)))
        .addMethod(
          getReadEventsMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              dev.holdfast.v1.ReadEventsRequest,
              dev.holdfast.v1.ReadEventsResponse>(
                service, METHODID_READ_EVENTS)))
        .addMethod(
          getListEventsMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              dev.holdfast.v1.ListEventsRequest,
              dev.holdfast.v1.ListEventsResponse>(
                service, METHODID_LIST_EVENTS)))
        .addMethod(
          getVerifyAuditMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              dev.holdfast.v1.VerifyAuditRequest,
              dev.holdfast.v1.VerifyAuditResponse>(
                service, METHODID_VERIFY_AUDIT)))
        .build();
  }

  private static abstract class EventServiceBaseDescriptorSupplier
      implements io.grpc.protobuf.ProtoFileDescriptorSupplier, io.grpc.protobuf.ProtoServiceDescriptorSupplier {
    EventServiceBaseDescriptorSupplier() {}

    @java.lang.Override
    public com.google.protobuf.Descriptors.FileDescriptor getFileDescriptor() {
      return dev.holdfast.v1.EventServiceOuterClass.getDescriptor();
    }

    @java.lang.Override
    public com.google.protobuf.Descriptors.ServiceDescriptor getServiceDescriptor() {
      return getFileDescriptor().findServiceByName("EventService");
    }
  }

  private static final class EventServiceFileDescriptorSupplier
      extends EventServiceBaseDescriptorSupplier {
    EventServiceFileDescriptorSupplier() {}
  }

  private static final class EventServiceMethodDescriptorSupplier
      extends EventServiceBaseDescriptorSupplier
      implements io.grpc.protobuf.ProtoMethodDescriptorSupplier {
    private final java.lang.String methodName;

    EventServiceMethodDescriptorSupplier(java.lang.String methodName) {
      this.methodName = methodName;
    }

    @java.lang.Override
    public com.google.protobuf.Descriptors.MethodDescriptor getMethodDescriptor() {
      return getServiceDescriptor().findMethodByName(methodName);
    }
  }

  private static volatile io.grpc.ServiceDescriptor serviceDescriptor;

  public static io.grpc.ServiceDescriptor getServiceDescriptor() {
    io.grpc.ServiceDescriptor result = serviceDescriptor;
    if (result == null) {
      synchronized (EventServiceGrpc.class) {
        result = serviceDescriptor;
        if (result == null) {
          serviceDescriptor = result = io.grpc.ServiceDescriptor.newBuilder(SERVICE_NAME)
              .setSchemaDescriptor(new EventServiceFileDescriptorSupplier())
              .addMethod(getWatchEventsMethod())
              .addMethod(getReadEventsMethod())
              .addMethod(getListEventsMethod())
              .addMethod(getVerifyAuditMethod())
              .build();
        }
      }
    }
    return result;
  }
}
