import { rust, targetFolder } from '../../scripts/clients/rust';
import { testClient } from './smoke';

testClient(rust, () => ({ CARGO_TARGET_DIR: targetFolder(), CARGO_NET_OFFLINE: 'true' }));
