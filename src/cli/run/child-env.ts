import type { Settings } from '../settings';
import { shortId } from '../resource-name';

/**
 * What a program needs in its environment to act as a session at the same server: for this command line, and for clients that
 * take an address.
 */
export function childEnv(
  { server }: Pick<Settings, 'server'>,
  session: { readonly name: string; readonly agent: string; readonly token: string },
): Record<string, string | undefined> {
  const unix = server.startsWith('unix:');
  const [, host = '', port = ''] = /^(.*):(\d+)$/.exec(unix ? '' : server) ?? [];
  return {
    AGENT_ID: shortId(session.agent),
    AGENT_SESSION_ID: shortId(session.name),
    HOLDFAST_SESSION: `${session.name};${session.token}`,
    HOLDFAST_ADDRESS: server,
    PERSISTENCE_SOCKET: unix ? server.slice('unix:'.length) : undefined,
    PERSISTENCE_HOST: unix ? undefined : host.replace(/^\[|\]$/g, ''),
    PERSISTENCE_PORT: unix ? undefined : port,
  };
}
