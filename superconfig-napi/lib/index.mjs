// The same for `import`. Both are one module, so that there is one `ConfigError`.
import superconfig from './index.cjs';

export const {
  ConfigBuilder,
  ConfigChange,
  ConfigError,
  ConfigHandle,
  ConfigRegistry,
  ConfigWatch,
  Explanation,
  createConfig,
  loadEnv,
  loadFile,
  loadMultiple,
  version,
} = superconfig;
