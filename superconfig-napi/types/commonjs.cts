// The same package by `require`.

import superconfig = require('superconfig');

const config: superconfig.ConfigHandle<{ port: number }> = superconfig.createConfig().build();
const port: number = config.get('port');
// @ts-expect-error there is no such path
config.get('host');
void port;
