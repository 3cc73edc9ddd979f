// How the client dials: credentials, signs of life, and gRPC's own retries.

import { credentials } from '@grpc/grpc-js';
import type { ChannelCredentials, ClientOptions } from '@grpc/grpc-js';
import type { ResolvedOptions } from './options';

/** Milliseconds between signs of life while calls are open, and how long one may take: a dead peer is known within 40 s. */
const KEEPALIVE_TIME_MS = 30_000;
const KEEPALIVE_TIMEOUT_MS = 10_000;
/** Milliseconds between two tries to connect. The default of grpc-js, up to 120 s, would sleep through a restart. */
const RECONNECT_FIRST_MS = 50;
const RECONNECT_LONGEST_MS = 2000;

/** These resume where they stopped, or say themselves how they begin anew; a new try from the start would be wrong. */
const streams = [
  { service: 'holdfast.v1.EventService', method: 'WatchEvents' },
  { service: 'holdfast.v1.OperationService', method: 'WatchOperation' },
  { service: 'holdfast.v1.TaskService', method: 'ImportTasks' },
  { service: 'holdfast.v1.SessionService', method: 'UploadCheckpoint' },
  { service: 'holdfast.v1.SessionService', method: 'DownloadCheckpoint' },
];

/**
 * gRPC's own retries: UNAVAILABLE alone, five tries in about half a second. What they cannot do is done around them: a longer
 * outage, `OVERLOADED` with its RetryInfo, a connection that breaks after the answer began.
 */
const serviceConfig = {
  methodConfig: [
    { name: streams },
    {
      name: [{}],
      retryPolicy: {
        maxAttempts: 5,
        initialBackoff: '0.05s',
        maxBackoff: '0.5s',
        backoffMultiplier: 2,
        retryableStatusCodes: ['UNAVAILABLE'],
      },
    },
  ],
};

/** The options of the channel. */
export function channelOptions({ local, retryForMs }: ResolvedOptions): ClientOptions {
  return {
    'grpc.service_config': JSON.stringify(serviceConfig),
    'grpc.service_config_disable_resolution': 1,
    'grpc.enable_retries': retryForMs > 0 ? 1 : 0,
    'grpc.keepalive_time_ms': KEEPALIVE_TIME_MS,
    'grpc.keepalive_timeout_ms': KEEPALIVE_TIMEOUT_MS,
    'grpc.initial_reconnect_backoff_ms': RECONNECT_FIRST_MS,
    'grpc.min_reconnect_backoff_ms': RECONNECT_FIRST_MS,
    'grpc.max_reconnect_backoff_ms': RECONNECT_LONGEST_MS,
    // A page of full tasks may be larger than the 4 MiB that grpc-js takes by default.
    'grpc.max_receive_message_length': -1,
    // An HTTP proxy in the environment is not meant for a server on this machine.
    'grpc.enable_http_proxy': local ? 0 : 1,
    'grpc.enable_channelz': 0,
    // Each client has its own connection: what closes one closes no other.
    'grpc.use_local_subchannel_pool': 1,
  };
}

/** How the server is told apart from others, and who this client is. */
export function channelCredentials({ tls, credentials: given }: ResolvedOptions): ChannelCredentials {
  if (given) return given;
  if (!tls) return credentials.createInsecure();
  const { rootCertificates = null, privateKey = null, certificateChain = null } = tls;
  return credentials.createSsl(rootCertificates, privateKey, certificateChain);
}
