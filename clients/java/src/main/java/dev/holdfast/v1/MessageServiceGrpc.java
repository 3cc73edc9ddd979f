package dev.holdfast.v1;

import static io.grpc.MethodDescriptor.generateFullMethodName;

/**
 * <pre>
 * Carries messages to agents and sessions. A message is received at least once: until it is acknowledged.
 * </pre>
 */
@io.grpc.stub.annotations.GrpcGenerated
public final class MessageServiceGrpc {

  private MessageServiceGrpc() {}

  public static final java.lang.String SERVICE_NAME = "holdfast.v1.MessageService";

  // Static method descriptors that strictly reflect the proto.
  private static volatile io.grpc.MethodDescriptor<dev.holdfast.v1.SendMessageRequest,
      dev.holdfast.v1.SendMessageResponse> getSendMessageMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "SendMessage",
      requestType = dev.holdfast.v1.SendMessageRequest.class,
      responseType = dev.holdfast.v1.SendMessageResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<dev.holdfast.v1.SendMessageRequest,
      dev.holdfast.v1.SendMessageResponse> getSendMessageMethod() {
    io.grpc.MethodDescriptor<dev.holdfast.v1.SendMessageRequest, dev.holdfast.v1.SendMessageResponse> getSendMessageMethod;
    if ((getSendMessageMethod = MessageServiceGrpc.getSendMessageMethod) == null) {
      synchronized (MessageServiceGrpc.class) {
        if ((getSendMessageMethod = MessageServiceGrpc.getSendMessageMethod) == null) {
          MessageServiceGrpc.getSendMessageMethod = getSendMessageMethod =
              io.grpc.MethodDescriptor.<dev.holdfast.v1.SendMessageRequest, dev.holdfast.v1.SendMessageResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "SendMessage"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.holdfast.v1.SendMessageRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.holdfast.v1.SendMessageResponse.getDefaultInstance()))
              .setSchemaDescriptor(new MessageServiceMethodDescriptorSupplier("SendMessage"))
              .build();
        }
      }
    }
    return getSendMessageMethod;
  }

  private static volatile io.grpc.MethodDescriptor<dev.holdfast.v1.ReceiveMessagesRequest,
      dev.holdfast.v1.ReceiveMessagesResponse> getReceiveMessagesMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "ReceiveMessages",
      requestType = dev.holdfast.v1.ReceiveMessagesRequest.class,
      responseType = dev.holdfast.v1.ReceiveMessagesResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<dev.holdfast.v1.ReceiveMessagesRequest,
      dev.holdfast.v1.ReceiveMessagesResponse> getReceiveMessagesMethod() {
    io.grpc.MethodDescriptor<dev.holdfast.v1.ReceiveMessagesRequest, dev.holdfast.v1.ReceiveMessagesResponse> getReceiveMessagesMethod;
    if ((getReceiveMessagesMethod = MessageServiceGrpc.getReceiveMessagesMethod) == null) {
      synchronized (MessageServiceGrpc.class) {
        if ((getReceiveMessagesMethod = MessageServiceGrpc.getReceiveMessagesMethod) == null) {
          MessageServiceGrpc.getReceiveMessagesMethod = getReceiveMessagesMethod =
              io.grpc.MethodDescriptor.<dev.holdfast.v1.ReceiveMessagesRequest, dev.holdfast.v1.ReceiveMessagesResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "ReceiveMessages"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.holdfast.v1.ReceiveMessagesRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.holdfast.v1.ReceiveMessagesResponse.getDefaultInstance()))
              .setSchemaDescriptor(new MessageServiceMethodDescriptorSupplier("ReceiveMessages"))
              .build();
        }
      }
    }
    return getReceiveMessagesMethod;
  }

  private static volatile io.grpc.MethodDescriptor<dev.holdfast.v1.AcknowledgeMessagesRequest,
      dev.holdfast.v1.AcknowledgeMessagesResponse> getAcknowledgeMessagesMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "AcknowledgeMessages",
      requestType = dev.holdfast.v1.AcknowledgeMessagesRequest.class,
      responseType = dev.holdfast.v1.AcknowledgeMessagesResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<dev.holdfast.v1.AcknowledgeMessagesRequest,
      dev.holdfast.v1.AcknowledgeMessagesResponse> getAcknowledgeMessagesMethod() {
    io.grpc.MethodDescriptor<dev.holdfast.v1.AcknowledgeMessagesRequest, dev.holdfast.v1.AcknowledgeMessagesResponse> getAcknowledgeMessagesMethod;
    if ((getAcknowledgeMessagesMethod = MessageServiceGrpc.getAcknowledgeMessagesMethod) == null) {
      synchronized (MessageServiceGrpc.class) {
        if ((getAcknowledgeMessagesMethod = MessageServiceGrpc.getAcknowledgeMessagesMethod) == null) {
          MessageServiceGrpc.getAcknowledgeMessagesMethod = getAcknowledgeMessagesMethod =
              io.grpc.MethodDescriptor.<dev.holdfast.v1.AcknowledgeMessagesRequest, dev.holdfast.v1.AcknowledgeMessagesResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "AcknowledgeMessages"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.holdfast.v1.AcknowledgeMessagesRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.holdfast.v1.AcknowledgeMessagesResponse.getDefaultInstance()))
              .setSchemaDescriptor(new MessageServiceMethodDescriptorSupplier("AcknowledgeMessages"))
              .build();
        }
      }
    }
    return getAcknowledgeMessagesMethod;
  }

  private static volatile io.grpc.MethodDescriptor<dev.holdfast.v1.ListMessagesRequest,
      dev.holdfast.v1.ListMessagesResponse> getListMessagesMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "ListMessages",
      requestType = dev.holdfast.v1.ListMessagesRequest.class,
      responseType = dev.holdfast.v1.ListMessagesResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<dev.holdfast.v1.ListMessagesRequest,
      dev.holdfast.v1.ListMessagesResponse> getListMessagesMethod() {
    io.grpc.MethodDescriptor<dev.holdfast.v1.ListMessagesRequest, dev.holdfast.v1.ListMessagesResponse> getListMessagesMethod;
    if ((getListMessagesMethod = MessageServiceGrpc.getListMessagesMethod) == null) {
      synchronized (MessageServiceGrpc.class) {
        if ((getListMessagesMethod = MessageServiceGrpc.getListMessagesMethod) == null) {
          MessageServiceGrpc.getListMessagesMethod = getListMessagesMethod =
              io.grpc.MethodDescriptor.<dev.holdfast.v1.ListMessagesRequest, dev.holdfast.v1.ListMessagesResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "ListMessages"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.holdfast.v1.ListMessagesRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.holdfast.v1.ListMessagesResponse.getDefaultInstance()))
              .setSchemaDescriptor(new MessageServiceMethodDescriptorSupplier("ListMessages"))
              .build();
        }
      }
    }
    return getListMessagesMethod;
  }

  /**
   * Creates a new async stub that supports all call types for the service
   */
  public static MessageServiceStub newStub(io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<MessageServiceStub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<MessageServiceStub>() {
        @java.lang.Override
        public MessageServiceStub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new MessageServiceStub(channel, callOptions);
        }
      };
    return MessageServiceStub.newStub(factory, channel);
  }

  /**
   * Creates a new blocking-style stub that supports all types of calls on the service
   */
  public static MessageServiceBlockingV2Stub newBlockingV2Stub(
      io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<MessageServiceBlockingV2Stub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<MessageServiceBlockingV2Stub>() {
        @java.lang.Override
        public MessageServiceBlockingV2Stub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new MessageServiceBlockingV2Stub(channel, callOptions);
        }
      };
    return MessageServiceBlockingV2Stub.newStub(factory, channel);
  }

  /**
   * Creates a new blocking-style stub that supports unary and streaming output calls on the service
   */
  public static MessageServiceBlockingStub newBlockingStub(
      io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<MessageServiceBlockingStub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<MessageServiceBlockingStub>() {
        @java.lang.Override
        public MessageServiceBlockingStub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new MessageServiceBlockingStub(channel, callOptions);
        }
      };
    return MessageServiceBlockingStub.newStub(factory, channel);
  }

  /**
   * Creates a new ListenableFuture-style stub that supports unary calls on the service
   */
  public static MessageServiceFutureStub newFutureStub(
      io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<MessageServiceFutureStub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<MessageServiceFutureStub>() {
        @java.lang.Override
        public MessageServiceFutureStub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new MessageServiceFutureStub(channel, callOptions);
        }
      };
    return MessageServiceFutureStub.newStub(factory, channel);
  }

  /**
   * <pre>
   * Carries messages to agents and sessions. A message is received at least once: until it is acknowledged.
   * </pre>
   */
  public interface AsyncService {

    /**
     * <pre>
     * Sends a message. Errors: NOT_FOUND (the recipient: a session that does not exist, or an agent that has had no session; or the task),
     * RESOURCE_EXHAUSTED `QUOTA` (10,000 unread messages of one recipient).
     * </pre>
     */
    default void sendMessage(dev.holdfast.v1.SendMessageRequest request,
        io.grpc.stub.StreamObserver<dev.holdfast.v1.SendMessageResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getSendMessageMethod(), responseObserver);
    }

    /**
     * <pre>
     * Returns the unread messages of a session and of its agent, oldest first, waiting for the first one if asked to. It changes nothing.
     * Errors: NOT_FOUND. Retry safe.
     * </pre>
     */
    default void receiveMessages(dev.holdfast.v1.ReceiveMessagesRequest request,
        io.grpc.stub.StreamObserver<dev.holdfast.v1.ReceiveMessagesResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getReceiveMessagesMethod(), responseObserver);
    }

    /**
     * <pre>
     * Marks messages as read. Those that are read or gone already are left alone.
     * </pre>
     */
    default void acknowledgeMessages(dev.holdfast.v1.AcknowledgeMessagesRequest request,
        io.grpc.stub.StreamObserver<dev.holdfast.v1.AcknowledgeMessagesResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getAcknowledgeMessagesMethod(), responseObserver);
    }

    /**
     * <pre>
     * Lists messages of a recipient, oldest first, read ones too if asked for. Retry safe.
     * </pre>
     */
    default void listMessages(dev.holdfast.v1.ListMessagesRequest request,
        io.grpc.stub.StreamObserver<dev.holdfast.v1.ListMessagesResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getListMessagesMethod(), responseObserver);
    }
  }

  /**
   * Base class for the server implementation of the service MessageService.
   * <pre>
   * Carries messages to agents and sessions. A message is received at least once: until it is acknowledged.
   * </pre>
   */
  public static abstract class MessageServiceImplBase
      implements io.grpc.BindableService, AsyncService {

    @java.lang.Override public final io.grpc.ServerServiceDefinition bindService() {
      return MessageServiceGrpc.bindService(this);
    }
  }

  /**
   * A stub to allow clients to do asynchronous rpc calls to service MessageService.
   * <pre>
   * Carries messages to agents and sessions. A message is received at least once: until it is acknowledged.
   * </pre>
   */
  public static final class MessageServiceStub
      extends io.grpc.stub.AbstractAsyncStub<MessageServiceStub> {
    private MessageServiceStub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected MessageServiceStub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new MessageServiceStub(channel, callOptions);
    }

    /**
     * <pre>
     * Sends a message. Errors: NOT_FOUND (the recipient: a session that does not exist, or an agent that has had no session; or the task),
     * RESOURCE_EXHAUSTED `QUOTA` (10,000 unread messages of one recipient).
     * </pre>
     */
    public void sendMessage(dev.holdfast.v1.SendMessageRequest request,
        io.grpc.stub.StreamObserver<dev.holdfast.v1.SendMessageResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getSendMessageMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Returns the unread messages of a session and of its agent, oldest first, waiting for the first one if asked to. It changes nothing.
     * Errors: NOT_FOUND. Retry safe.
     * </pre>
     */
    public void receiveMessages(dev.holdfast.v1.ReceiveMessagesRequest request,
        io.grpc.stub.StreamObserver<dev.holdfast.v1.ReceiveMessagesResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getReceiveMessagesMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Marks messages as read. Those that are read or gone already are left alone.
     * </pre>
     */
    public void acknowledgeMessages(dev.holdfast.v1.AcknowledgeMessagesRequest request,
        io.grpc.stub.StreamObserver<dev.holdfast.v1.AcknowledgeMessagesResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getAcknowledgeMessagesMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Lists messages of a recipient, oldest first, read ones too if asked for. Retry safe.
     * </pre>
     */
    public void listMessages(dev.holdfast.v1.ListMessagesRequest request,
        io.grpc.stub.StreamObserver<dev.holdfast.v1.ListMessagesResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getListMessagesMethod(), getCallOptions()), request, responseObserver);
    }
  }

  /**
   * A stub to allow clients to do synchronous rpc calls to service MessageService.
   * <pre>
   * Carries messages to agents and sessions. A message is received at least once: until it is acknowledged.
   * </pre>
   */
  public static final class MessageServiceBlockingV2Stub
      extends io.grpc.stub.AbstractBlockingStub<MessageServiceBlockingV2Stub> {
    private MessageServiceBlockingV2Stub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected MessageServiceBlockingV2Stub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new MessageServiceBlockingV2Stub(channel, callOptions);
    }

    /**
     * <pre>
     * Sends a message. Errors: NOT_FOUND (the recipient: a session that does not exist, or an agent that has had no session; or the task),
     * RESOURCE_EXHAUSTED `QUOTA` (10,000 unread messages of one recipient).
     * </pre>
     */
    public dev.holdfast.v1.SendMessageResponse sendMessage(dev.holdfast.v1.SendMessageRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getSendMessageMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Returns the unread messages of a session and of its agent, oldest first, waiting for the first one if asked to. It changes nothing.
     * Errors: NOT_FOUND. Retry safe.
     * </pre>
     */
    public dev.holdfast.v1.ReceiveMessagesResponse receiveMessages(dev.holdfast.v1.ReceiveMessagesRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getReceiveMessagesMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Marks messages as read. Those that are read or gone already are left alone.
     * </pre>
     */
    public dev.holdfast.v1.AcknowledgeMessagesResponse acknowledgeMessages(dev.holdfast.v1.AcknowledgeMessagesRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getAcknowledgeMessagesMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Lists messages of a recipient, oldest first, read ones too if asked for. Retry safe.
     * </pre>
     */
    public dev.holdfast.v1.ListMessagesResponse listMessages(dev.holdfast.v1.ListMessagesRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getListMessagesMethod(), getCallOptions(), request);
    }
  }

  /**
   * A stub to allow clients to do limited synchronous rpc calls to service MessageService.
   * <pre>
   * Carries messages to agents and sessions. A message is received at least once: until it is acknowledged.
   * </pre>
   */
  public static final class MessageServiceBlockingStub
      extends io.grpc.stub.AbstractBlockingStub<MessageServiceBlockingStub> {
    private MessageServiceBlockingStub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected MessageServiceBlockingStub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new MessageServiceBlockingStub(channel, callOptions);
    }

    /**
     * <pre>
     * Sends a message. Errors: NOT_FOUND (the recipient: a session that does not exist, or an agent that has had no session; or the task),
     * RESOURCE_EXHAUSTED `QUOTA` (10,000 unread messages of one recipient).
     * </pre>
     */
    public dev.holdfast.v1.SendMessageResponse sendMessage(dev.holdfast.v1.SendMessageRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getSendMessageMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Returns the unread messages of a session and of its agent, oldest first, waiting for the first one if asked to. It changes nothing.
     * Errors: NOT_FOUND. Retry safe.
     * </pre>
     */
    public dev.holdfast.v1.ReceiveMessagesResponse receiveMessages(dev.holdfast.v1.ReceiveMessagesRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getReceiveMessagesMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Marks messages as read. Those that are read or gone already are left alone.
     * </pre>
     */
    public dev.holdfast.v1.AcknowledgeMessagesResponse acknowledgeMessages(dev.holdfast.v1.AcknowledgeMessagesRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getAcknowledgeMessagesMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Lists messages of a recipient, oldest first, read ones too if asked for. Retry safe.
     * </pre>
     */
    public dev.holdfast.v1.ListMessagesResponse listMessages(dev.holdfast.v1.ListMessagesRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getListMessagesMethod(), getCallOptions(), request);
    }
  }

  /**
   * A stub to allow clients to do ListenableFuture-style rpc calls to service MessageService.
   * <pre>
   * Carries messages to agents and sessions. A message is received at least once: until it is acknowledged.
   * </pre>
   */
  public static final class MessageServiceFutureStub
      extends io.grpc.stub.AbstractFutureStub<MessageServiceFutureStub> {
    private MessageServiceFutureStub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected MessageServiceFutureStub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new MessageServiceFutureStub(channel, callOptions);
    }

    /**
     * <pre>
     * Sends a message. Errors: NOT_FOUND (the recipient: a session that does not exist, or an agent that has had no session; or the task),
     * RESOURCE_EXHAUSTED `QUOTA` (10,000 unread messages of one recipient).
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<dev.holdfast.v1.SendMessageResponse> sendMessage(
        dev.holdfast.v1.SendMessageRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getSendMessageMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Returns the unread messages of a session and of its agent, oldest first, waiting for the first one if asked to. It changes nothing.
     * Errors: NOT_FOUND. Retry safe.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<dev.holdfast.v1.ReceiveMessagesResponse> receiveMessages(
        dev.holdfast.v1.ReceiveMessagesRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getReceiveMessagesMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Marks messages as read. Those that are read or gone already are left alone.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<dev.holdfast.v1.AcknowledgeMessagesResponse> acknowledgeMessages(
        dev.holdfast.v1.AcknowledgeMessagesRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getAcknowledgeMessagesMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Lists messages of a recipient, oldest first, read ones too if asked for. Retry safe.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<dev.holdfast.v1.ListMessagesResponse> listMessages(
        dev.holdfast.v1.ListMessagesRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getListMessagesMethod(), getCallOptions()), request);
    }
  }

  private static final int METHODID_SEND_MESSAGE = 0;
  private static final int METHODID_RECEIVE_MESSAGES = 1;
  private static final int METHODID_ACKNOWLEDGE_MESSAGES = 2;
  private static final int METHODID_LIST_MESSAGES = 3;

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
        case METHODID_SEND_MESSAGE:
          serviceImpl.sendMessage((dev.holdfast.v1.SendMessageRequest) request,
              (io.grpc.stub.StreamObserver<dev.holdfast.v1.SendMessageResponse>) responseObserver);
          break;
        case METHODID_RECEIVE_MESSAGES:
          serviceImpl.receiveMessages((dev.holdfast.v1.ReceiveMessagesRequest) request,
              (io.grpc.stub.StreamObserver<dev.holdfast.v1.ReceiveMessagesResponse>) responseObserver);
          break;
        case METHODID_ACKNOWLEDGE_MESSAGES:
          serviceImpl.acknowledgeMessages((dev.holdfast.v1.AcknowledgeMessagesRequest) request,
              (io.grpc.stub.StreamObserver<dev.holdfast.v1.AcknowledgeMessagesResponse>) responseObserver);
          break;
        case METHODID_LIST_MESSAGES:
          serviceImpl.listMessages((dev.holdfast.v1.ListMessagesRequest) request,
              (io.grpc.stub.StreamObserver<dev.holdfast.v1.ListMessagesResponse>) responseObserver);
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
          getSendMessageMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              dev.holdfast.v1.SendMessageRequest,
              dev.holdfast.v1.SendMessageResponse>(
                service, METHODID_SEND_MESSAGE)))
        .addMethod(
          getReceiveMessagesMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              dev.holdfast.v1.ReceiveMessagesRequest,
              dev.holdfast.v1.ReceiveMessagesResponse>(
                service, METHODID_RECEIVE_MESSAGES)))
        .addMethod(
          getAcknowledgeMessagesMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              dev.holdfast.v1.AcknowledgeMessagesRequest,
              dev.holdfast.v1.AcknowledgeMessagesResponse>(
                service, METHODID_ACKNOWLEDGE_MESSAGES)))
        .addMethod(
          getListMessagesMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              dev.holdfast.v1.ListMessagesRequest,
              dev.holdfast.v1.ListMessagesResponse>(
                service, METHODID_LIST_MESSAGES)))
        .build();
  }

  private static abstract class MessageServiceBaseDescriptorSupplier
      implements io.grpc.protobuf.ProtoFileDescriptorSupplier, io.grpc.protobuf.ProtoServiceDescriptorSupplier {
    MessageServiceBaseDescriptorSupplier() {}

    @java.lang.Override
    public com.google.protobuf.Descriptors.FileDescriptor getFileDescriptor() {
      return dev.holdfast.v1.MessageServiceOuterClass.getDescriptor();
    }

    @java.lang.Override
    public com.google.protobuf.Descriptors.ServiceDescriptor getServiceDescriptor() {
      return getFileDescriptor().findServiceByName("MessageService");
    }
  }

  private static final class MessageServiceFileDescriptorSupplier
      extends MessageServiceBaseDescriptorSupplier {
    MessageServiceFileDescriptorSupplier() {}
  }

  private static final class MessageServiceMethodDescriptorSupplier
      extends MessageServiceBaseDescriptorSupplier
      implements io.grpc.protobuf.ProtoMethodDescriptorSupplier {
    private final java.lang.String methodName;

    MessageServiceMethodDescriptorSupplier(java.lang.String methodName) {
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
      synchronized (MessageServiceGrpc.class) {
        result = serviceDescriptor;
        if (result == null) {
          serviceDescriptor = result = io.grpc.ServiceDescriptor.newBuilder(SERVICE_NAME)
              .setSchemaDescriptor(new MessageServiceFileDescriptorSupplier())
              .addMethod(getSendMessageMethod())
              .addMethod(getReceiveMessagesMethod())
              .addMethod(getAcknowledgeMessagesMethod())
              .addMethod(getListMessagesMethod())
              .build();
        }
      }
    }
    return result;
  }
}
