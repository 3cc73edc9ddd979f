import { java } from '../../scripts/clients/java';
import { testClient } from './smoke';

testClient(java, (folder) => ({ HOLDFAST_JAVA_BUILD: folder }));
