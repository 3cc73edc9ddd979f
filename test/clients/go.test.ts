import { go } from '../../scripts/clients/go';
import { testClient } from './smoke';

// Go keeps what it builds in its own cache.
testClient(go, () => ({ GOFLAGS: '-mod=readonly' }));
