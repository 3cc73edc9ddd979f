package dev.holdfast.v1;

import static io.grpc.MethodDescriptor.generateFullMethodName;

/**
 * <pre>
 * Brings the state back from backups and journal. A start does so by itself where it must; `holdfast recover` does it on a stopped store.
 * </pre>
 */
@io.grpc.stub.annotations.GrpcGenerated
public final class RecoveryServiceGrpc {

  private RecoveryServiceGrpc() {}

  public static final java.lang.String SERVICE_NAME = "holdfast.v1.RecoveryService";

  // Static method descriptors that strictly reflect the proto.
  private static volatile io.grpc.MethodDescriptor<dev.holdfast.v1.RecoverRequest,
      dev.holdfast.v1.RecoverResponse> getRecoverMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "Recover",
      requestType = dev.holdfast.v1.RecoverRequest.class,
      responseType = dev.holdfast.v1.RecoverResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<dev.holdfast.v1.RecoverRequest,
      dev.holdfast.v1.RecoverResponse> getRecoverMethod() {
    io.grpc.MethodDescriptor<dev.holdfast.v1.RecoverRequest, dev.holdfast.v1.RecoverResponse> getRecoverMethod;
    if ((getRecoverMethod = RecoveryServiceGrpc.getRecoverMethod) == null) {
      synchronized (RecoveryServiceGrpc.class) {
        if ((getRecoverMethod = RecoveryServiceGrpc.getRecoverMethod) == null) {
          RecoveryServiceGrpc.getRecoverMethod = getRecoverMethod =
              io.grpc.MethodDescriptor.<dev.holdfast.v1.RecoverRequest, dev.holdfast.v1.RecoverResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "Recover"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.holdfast.v1.RecoverRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.holdfast.v1.RecoverResponse.getDefaultInstance()))
              .setSchemaDescriptor(new RecoveryServiceMethodDescriptorSupplier("Recover"))
              .build();
        }
      }
    }
    return getRecoverMethod;
  }

  private static volatile io.grpc.MethodDescriptor<dev.holdfast.v1.RecoverTaskRequest,
      dev.holdfast.v1.RecoverTaskResponse> getRecoverTaskMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "RecoverTask",
      requestType = dev.holdfast.v1.RecoverTaskRequest.class,
      responseType = dev.holdfast.v1.RecoverTaskResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<dev.holdfast.v1.RecoverTaskRequest,
      dev.holdfast.v1.RecoverTaskResponse> getRecoverTaskMethod() {
    io.grpc.MethodDescriptor<dev.holdfast.v1.RecoverTaskRequest, dev.holdfast.v1.RecoverTaskResponse> getRecoverTaskMethod;
    if ((getRecoverTaskMethod = RecoveryServiceGrpc.getRecoverTaskMethod) == null) {
      synchronized (RecoveryServiceGrpc.class) {
        if ((getRecoverTaskMethod = RecoveryServiceGrpc.getRecoverTaskMethod) == null) {
          RecoveryServiceGrpc.getRecoverTaskMethod = getRecoverTaskMethod =
              io.grpc.MethodDescriptor.<dev.holdfast.v1.RecoverTaskRequest, dev.holdfast.v1.RecoverTaskResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "RecoverTask"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.holdfast.v1.RecoverTaskRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.holdfast.v1.RecoverTaskResponse.getDefaultInstance()))
              .setSchemaDescriptor(new RecoveryServiceMethodDescriptorSupplier("RecoverTask"))
              .build();
        }
      }
    }
    return getRecoverTaskMethod;
  }

  private static volatile io.grpc.MethodDescriptor<dev.holdfast.v1.GetRecoveryReportRequest,
      dev.holdfast.v1.GetRecoveryReportResponse> getGetRecoveryReportMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "GetRecoveryReport",
      requestType = dev.holdfast.v1.GetRecoveryReportRequest.class,
      responseType = dev.holdfast.v1.GetRecoveryReportResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<dev.holdfast.v1.GetRecoveryReportRequest,
      dev.holdfast.v1.GetRecoveryReportResponse> getGetRecoveryReportMethod() {
    io.grpc.MethodDescriptor<dev.holdfast.v1.GetRecoveryReportRequest, dev.holdfast.v1.GetRecoveryReportResponse> getGetRecoveryReportMethod;
    if ((getGetRecoveryReportMethod = RecoveryServiceGrpc.getGetRecoveryReportMethod) == null) {
      synchronized (RecoveryServiceGrpc.class) {
        if ((getGetRecoveryReportMethod = RecoveryServiceGrpc.getGetRecoveryReportMethod) == null) {
          RecoveryServiceGrpc.getGetRecoveryReportMethod = getGetRecoveryReportMethod =
              io.grpc.MethodDescriptor.<dev.holdfast.v1.GetRecoveryReportRequest, dev.holdfast.v1.GetRecoveryReportResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "GetRecoveryReport"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.holdfast.v1.GetRecoveryReportRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.holdfast.v1.GetRecoveryReportResponse.getDefaultInstance()))
              .setSchemaDescriptor(new RecoveryServiceMethodDescriptorSupplier("GetRecoveryReport"))
              .build();
        }
      }
    }
    return getGetRecoveryReportMethod;
  }

  /**
   * Creates a new async stub that supports all call types for the service
   */
  public static RecoveryServiceStub newStub(io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<RecoveryServiceStub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<RecoveryServiceStub>() {
        @java.lang.Override
        public RecoveryServiceStub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new RecoveryServiceStub(channel, callOptions);
        }
      };
    return RecoveryServiceStub.newStub(factory, channel);
  }

  /**
   * Creates a new blocking-style stub that supports all types of calls on the service
   */
  public static RecoveryServiceBlockingV2Stub newBlockingV2Stub(
      io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<RecoveryServiceBlockingV2Stub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<RecoveryServiceBlockingV2Stub>() {
        @java.lang.Override
        public RecoveryServiceBlockingV2Stub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new RecoveryServiceBlockingV2Stub(channel, callOptions);
        }
      };
    return RecoveryServiceBlockingV2Stub.newStub(factory, channel);
  }

  /**
   * Creates a new blocking-style stub that supports unary and streaming output calls on the service
   */
  public static RecoveryServiceBlockingStub newBlockingStub(
      io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<RecoveryServiceBlockingStub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<RecoveryServiceBlockingStub>() {
        @java.lang.Override
        public RecoveryServiceBlockingStub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new RecoveryServiceBlockingStub(channel, callOptions);
        }
      };
    return RecoveryServiceBlockingStub.newStub(factory, channel);
  }

  /**
   * Creates a new ListenableFuture-style stub that supports unary calls on the service
   */
  public static RecoveryServiceFutureStub newFutureStub(
      io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<RecoveryServiceFutureStub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<RecoveryServiceFutureStub>() {
        @java.lang.Override
        public RecoveryServiceFutureStub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new RecoveryServiceFutureStub(channel, callOptions);
        }
      };
    return RecoveryServiceFutureStub.newStub(factory, channel);
  }

  /**
   * <pre>
   * Brings the state back from backups and journal. A start does so by itself where it must; `holdfast recover` does it on a stopped store.
   * </pre>
   */
  public interface AsyncService {

    /**
     * <pre>
     * Rebuilds the state by a strategy. WARM runs beside the work; HOT and COLD build a new state beside it and then swap, in a moment in which every
     * stream ends with UNAVAILABLE `RECOVERING`; EMERGENCY serves reads alone until COLD is done. The Operation's response is a RecoveryReport.
     * Nothing that is durable is given up: the state ends at the journal's head.
     * Errors: FAILED_PRECONDITION `NOT_RECOVERABLE` if the strategy cannot succeed; RESOURCE_EXHAUSTED `DISK_FULL`, `QUOTA` while another runs.
     * </pre>
     */
    default void recover(dev.holdfast.v1.RecoverRequest request,
        io.grpc.stub.StreamObserver<dev.holdfast.v1.RecoverResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getRecoverMethod(), responseObserver);
    }

    /**
     * <pre>
     * Looks one task up in every source there is: state, journal, backups, mirror, archives of earlier histories. Puts a damaged or quarantined
     * one right from the best of them. One that was purged or abandoned by a restore is shown, not brought back.
     * Errors: NOT_FOUND if no source ever had it.
     * </pre>
     */
    default void recoverTask(dev.holdfast.v1.RecoverTaskRequest request,
        io.grpc.stub.StreamObserver<dev.holdfast.v1.RecoverTaskResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getRecoverTaskMethod(), responseObserver);
    }

    /**
     * <pre>
     * Returns the report of the last recovery. Errors: NOT_FOUND if there was none. Retry safe.
     * </pre>
     */
    default void getRecoveryReport(dev.holdfast.v1.GetRecoveryReportRequest request,
        io.grpc.stub.StreamObserver<dev.holdfast.v1.GetRecoveryReportResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getGetRecoveryReportMethod(), responseObserver);
    }
  }

  /**
   * Base class for the server implementation of the service RecoveryService.
   * <pre>
   * Brings the state back from backups and journal. A start does so by itself where it must; `holdfast recover` does it on a stopped store.
   * </pre>
   */
  public static abstract class RecoveryServiceImplBase
      implements io.grpc.BindableService, AsyncService {

    @java.lang.Override public final io.grpc.ServerServiceDefinition bindService() {
      return RecoveryServiceGrpc.bindService(this);
    }
  }

  /**
   * A stub to allow clients to do asynchronous rpc calls to service RecoveryService.
   * <pre>
   * Brings the state back from backups and journal. A start does so by itself where it must; `holdfast recover` does it on a stopped store.
   * </pre>
   */
  public static final class RecoveryServiceStub
      extends io.grpc.stub.AbstractAsyncStub<RecoveryServiceStub> {
    private RecoveryServiceStub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected RecoveryServiceStub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new RecoveryServiceStub(channel, callOptions);
    }

    /**
     * <pre>
     * Rebuilds the state by a strategy. WARM runs beside the work; HOT and COLD build a new state beside it and then swap, in a moment in which every
     * stream ends with UNAVAILABLE `RECOVERING`; EMERGENCY serves reads alone until COLD is done. The Operation's response is a RecoveryReport.
     * Nothing that is durable is given up: the state ends at the journal's head.
     * Errors: FAILED_PRECONDITION `NOT_RECOVERABLE` if the strategy cannot succeed; RESOURCE_EXHAUSTED `DISK_FULL`, `QUOTA` while another runs.
     * </pre>
     */
    public void recover(dev.holdfast.v1.RecoverRequest request,
        io.grpc.stub.StreamObserver<dev.holdfast.v1.RecoverResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getRecoverMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Looks one task up in every source there is: state, journal, backups, mirror, archives of earlier histories. Puts a damaged or quarantined
     * one right from the best of them. One that was purged or abandoned by a restore is shown, not brought back.
     * Errors: NOT_FOUND if no source ever had it.
     * </pre>
     */
    public void recoverTask(dev.holdfast.v1.RecoverTaskRequest request,
        io.grpc.stub.StreamObserver<dev.holdfast.v1.RecoverTaskResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getRecoverTaskMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Returns the report of the last recovery. Errors: NOT_FOUND if there was none. Retry safe.
     * </pre>
     */
    public void getRecoveryReport(dev.holdfast.v1.GetRecoveryReportRequest request,
        io.grpc.stub.StreamObserver<dev.holdfast.v1.GetRecoveryReportResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getGetRecoveryReportMethod(), getCallOptions()), request, responseObserver);
    }
  }

  /**
   * A stub to allow clients to do synchronous rpc calls to service RecoveryService.
   * <pre>
   * Brings the state back from backups and journal. A start does so by itself where it must; `holdfast recover` does it on a stopped store.
   * </pre>
   */
  public static final class RecoveryServiceBlockingV2Stub
      extends io.grpc.stub.AbstractBlockingStub<RecoveryServiceBlockingV2Stub> {
    private RecoveryServiceBlockingV2Stub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected RecoveryServiceBlockingV2Stub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new RecoveryServiceBlockingV2Stub(channel, callOptions);
    }

    /**
     * <pre>
     * Rebuilds the state by a strategy. WARM runs beside the work; HOT and COLD build a new state beside it and then swap, in a moment in which every
     * stream ends with UNAVAILABLE `RECOVERING`; EMERGENCY serves reads alone until COLD is done. The Operation's response is a RecoveryReport.
     * Nothing that is durable is given up: the state ends at the journal's head.
     * Errors: FAILED_PRECONDITION `NOT_RECOVERABLE` if the strategy cannot succeed; RESOURCE_EXHAUSTED `DISK_FULL`, `QUOTA` while another runs.
     * </pre>
     */
    public dev.holdfast.v1.RecoverResponse recover(dev.holdfast.v1.RecoverRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getRecoverMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Looks one task up in every source there is: state, journal, backups, mirror, archives of earlier histories. Puts a damaged or quarantined
     * one right from the best of them. One that was purged or abandoned by a restore is shown, not brought back.
     * Errors: NOT_FOUND if no source ever had it.
     * </pre>
     */
    public dev.holdfast.v1.RecoverTaskResponse recoverTask(dev.holdfast.v1.RecoverTaskRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getRecoverTaskMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Returns the report of the last recovery. Errors: NOT_FOUND if there was none. Retry safe.
     * </pre>
     */
    public dev.holdfast.v1.GetRecoveryReportResponse getRecoveryReport(dev.holdfast.v1.GetRecoveryReportRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getGetRecoveryReportMethod(), getCallOptions(), request);
    }
  }

  /**
   * A stub to allow clients to do limited synchronous rpc calls to service RecoveryService.
   * <pre>
   * Brings the state back from backups and journal. A start does so by itself where it must; `holdfast recover` does it on a stopped store.
   * </pre>
   */
  public static final class RecoveryServiceBlockingStub
      extends io.grpc.stub.AbstractBlockingStub<RecoveryServiceBlockingStub> {
    private RecoveryServiceBlockingStub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected RecoveryServiceBlockingStub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new RecoveryServiceBlockingStub(channel, callOptions);
    }

    /**
     * <pre>
     * Rebuilds the state by a strategy. WARM runs beside the work; HOT and COLD build a new state beside it and then swap, in a moment in which every
     * stream ends with UNAVAILABLE `RECOVERING`; EMERGENCY serves reads alone until COLD is done. The Operation's response is a RecoveryReport.
     * Nothing that is durable is given up: the state ends at the journal's head.
     * Errors: FAILED_PRECONDITION `NOT_RECOVERABLE` if the strategy cannot succeed; RESOURCE_EXHAUSTED `DISK_FULL`, `QUOTA` while another runs.
     * </pre>
     */
    public dev.holdfast.v1.RecoverResponse recover(dev.holdfast.v1.RecoverRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getRecoverMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Looks one task up in every source there is: state, journal, backups, mirror, archives of earlier histories. Puts a damaged or quarantined
     * one right from the best of them. One that was purged or abandoned by a restore is shown, not brought back.
     * Errors: NOT_FOUND if no source ever had it.
     * </pre>
     */
    public dev.holdfast.v1.RecoverTaskResponse recoverTask(dev.holdfast.v1.RecoverTaskRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getRecoverTaskMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Returns the report of the last recovery. Errors: NOT_FOUND if there was none. Retry safe.
     * </pre>
     */
    public dev.holdfast.v1.GetRecoveryReportResponse getRecoveryReport(dev.holdfast.v1.GetRecoveryReportRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getGetRecoveryReportMethod(), getCallOptions(), request);
    }
  }

  /**
   * A stub to allow clients to do ListenableFuture-style rpc calls to service RecoveryService.
   * <pre>
   * Brings the state back from backups and journal. A start does so by itself where it must; `holdfast recover` does it on a stopped store.
   * </pre>
   */
  public static final class RecoveryServiceFutureStub
      extends io.grpc.stub.AbstractFutureStub<RecoveryServiceFutureStub> {
    private RecoveryServiceFutureStub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected RecoveryServiceFutureStub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new RecoveryServiceFutureStub(channel, callOptions);
    }

    /**
     * <pre>
     * Rebuilds the state by a strategy. WARM runs beside the work; HOT and COLD build a new state beside it and then swap, in a moment in which every
     * stream ends with UNAVAILABLE `RECOVERING`; EMERGENCY serves reads alone until COLD is done. The Operation's response is a RecoveryReport.
     * Nothing that is durable is given up: the state ends at the journal's head.
     * Errors: FAILED_PRECONDITION `NOT_RECOVERABLE` if the strategy cannot succeed; RESOURCE_EXHAUSTED `DISK_FULL`, `QUOTA` while another runs.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<dev.holdfast.v1.RecoverResponse> recover(
        dev.holdfast.v1.RecoverRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getRecoverMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Looks one task up in every source there is: state, journal, backups, mirror, archives of earlier histories. Puts a damaged or quarantined
     * one right from the best of them. One that was purged or abandoned by a restore is shown, not brought back.
     * Errors: NOT_FOUND if no source ever had it.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<dev.holdfast.v1.RecoverTaskResponse> recoverTask(
        dev.holdfast.v1.RecoverTaskRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getRecoverTaskMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Returns the report of the last recovery. Errors: NOT_FOUND if there was none. Retry safe.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<dev.holdfast.v1.GetRecoveryReportResponse> getRecoveryReport(
        dev.holdfast.v1.GetRecoveryReportRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getGetRecoveryReportMethod(), getCallOptions()), request);
    }
  }

  private static final int METHODID_RECOVER = 0;
  private static final int METHODID_RECOVER_TASK = 1;
  private static final int METHODID_GET_RECOVERY_REPORT = 2;

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
        case METHODID_RECOVER:
          serviceImpl.recover((dev.holdfast.v1.RecoverRequest) request,
              (io.grpc.stub.StreamObserver<dev.holdfast.v1.RecoverResponse>) responseObserver);
          break;
        case METHODID_RECOVER_TASK:
          serviceImpl.recoverTask((dev.holdfast.v1.RecoverTaskRequest) request,
              (io.grpc.stub.StreamObserver<dev.holdfast.v1.RecoverTaskResponse>) responseObserver);
          break;
        case METHODID_GET_RECOVERY_REPORT:
          serviceImpl.getRecoveryReport((dev.holdfast.v1.GetRecoveryReportRequest) request,
              (io.grpc.stub.StreamObserver<dev.holdfast.v1.GetRecoveryReportResponse>) responseObserver);
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
          getRecoverMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              dev.holdfast.v1.RecoverRequest,
              dev.holdfast.v1.RecoverResponse>(
                service, METHODID_RECOVER)))
        .addMethod(
          getRecoverTaskMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              dev.holdfast.v1.RecoverTaskRequest,
              dev.holdfast.v1.RecoverTaskResponse>(
                service, METHODID_RECOVER_TASK)))
        .addMethod(
          getGetRecoveryReportMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              dev.holdfast.v1.GetRecoveryReportRequest,
              dev.holdfast.v1.GetRecoveryReportResponse>(
                service, METHODID_GET_RECOVERY_REPORT)))
        .build();
  }

  private static abstract class RecoveryServiceBaseDescriptorSupplier
      implements io.grpc.protobuf.ProtoFileDescriptorSupplier, io.grpc.protobuf.ProtoServiceDescriptorSupplier {
    RecoveryServiceBaseDescriptorSupplier() {}

    @java.lang.Override
    public com.google.protobuf.Descriptors.FileDescriptor getFileDescriptor() {
      return dev.holdfast.v1.RecoveryServiceOuterClass.getDescriptor();
    }

    @java.lang.Override
    public com.google.protobuf.Descriptors.ServiceDescriptor getServiceDescriptor() {
      return getFileDescriptor().findServiceByName("RecoveryService");
    }
  }

  private static final class RecoveryServiceFileDescriptorSupplier
      extends RecoveryServiceBaseDescriptorSupplier {
    RecoveryServiceFileDescriptorSupplier() {}
  }

  private static final class RecoveryServiceMethodDescriptorSupplier
      extends RecoveryServiceBaseDescriptorSupplier
      implements io.grpc.protobuf.ProtoMethodDescriptorSupplier {
    private final java.lang.String methodName;

    RecoveryServiceMethodDescriptorSupplier(java.lang.String methodName) {
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
      synchronized (RecoveryServiceGrpc.class) {
        result = serviceDescriptor;
        if (result == null) {
          serviceDescriptor = result = io.grpc.ServiceDescriptor.newBuilder(SERVICE_NAME)
              .setSchemaDescriptor(new RecoveryServiceFileDescriptorSupplier())
              .addMethod(getRecoverMethod())
              .addMethod(getRecoverTaskMethod())
              .addMethod(getGetRecoveryReportMethod())
              .build();
        }
      }
    }
    return result;
  }
}
