import { go } from '../../scripts/clients/go';
import { agentLines, testClient } from './smoke';

// Go keeps what it builds in its own cache.
testClient(go, () => ({ GOFLAGS: '-mod=readonly' }), agentLines);
