// What values are in JavaScript, and how they are found.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createConfig } from 'superconfig';
import { thrown, toml } from '../testing/help.mjs';

test('values are plain objects, frozen in depth, and the same ones each time', () => {
  const config = toml('a = { b = [1, { c = "x" }] }');
  assert.deepEqual(config.value, { a: { b: [1, { c: 'x' }] } });
  assert.equal(config.value, config.value);
  assert.equal(Object.getPrototypeOf(config.value.a), Object.prototype);
  assert.ok(Array.isArray(config.value.a.b));
  const frozen = (part) =>
    typeof part !== 'object' || (Object.isFrozen(part) && Object.values(part).every(frozen));
  assert.ok(frozen(config.value));
  assert.throws(() => (config.value.a.b[1].c = 'y'), TypeError);
  assert.throws(() => config.value.a.b.push(1), TypeError);
});

test('integers that a number does not hold are big', () => {
  const config = createConfig()
    .withText('json', '{"a": 9007199254740991, "b": 9007199254740992, "c": -9007199254740991, "d": -9007199254740992}')
    .withText('json', '{"e": 18446744073709551615, "f": 170141183460469231731687303715884105727}')
    .build();
  assert.deepEqual(config.value, {
    a: Number.MAX_SAFE_INTEGER,
    b: 9007199254740992n,
    c: Number.MIN_SAFE_INTEGER,
    d: -9007199254740992n,
    e: 2n ** 64n - 1n,
    f: 2n ** 127n - 1n,
  });
});

test('big integers come in as they go out', () => {
  for (const value of [2n ** 53n, -(2n ** 53n), 2n ** 64n, -(2n ** 64n) - 1n, 2n ** 127n - 1n, -(2n ** 127n) + 1n]) {
    assert.equal(createConfig({ value }).value.value, value);
  }
  for (const value of [0n, 1n, -5n]) {
    assert.equal(createConfig({ value }).value.value, Number(value));
  }
  assert.throws(() => createConfig({ a: { value: 2n ** 127n } }), {
    name: 'RangeError',
    message: 'createConfig: `a.value` has more than 128 bits',
  });
});

test('floats keep what has no digits', () => {
  const { value } = toml('a = nan\nb = inf\nc = -inf\nd = 1e300\ne = -0.0\nf = 0.1');
  assert.deepEqual(value, { a: NaN, b: Infinity, c: -Infinity, d: 1e300, e: -0, f: 0.1 });
  assert.deepEqual(createConfig({ a: NaN, b: -Infinity }).value, { a: NaN, b: -Infinity });
});

test('date-times are their texts', () => {
  const { value } = toml('a = 2026-01-02T03:04:05Z\nb = 2026-01-02\nc = 03:04:05');
  assert.deepEqual(value, { a: '2026-01-02T03:04:05Z', b: '2026-01-02', c: '03:04:05' });
  assert.equal(new Date(value.a).getTime(), Date.UTC(2026, 0, 2, 3, 4, 5));
});

test('keys that mean something to JavaScript are plain data and pollute nothing', () => {
  const text = '{"__proto__": {"polluted": 1, "toString": 2}, "constructor": {"prototype": {"polluted": 3}}, "prototype": 4}';
  const sources = [
    createConfig().withText('json', text).build(),
    createConfig(JSON.parse(text)),
    createConfig().withObject(JSON.parse(text)).build(),
    createConfig().withOverride('', 0).withText('json', '{}').withOverride('a', JSON.parse(text)),
  ];
  sources[3] = createConfig().withOverride('a', JSON.parse(text)).build();
  for (const [index, config] of sources.entries()) {
    const value = index === 3 ? config.value.a : config.value;
    assert.deepEqual(Object.keys(value), ['__proto__', 'constructor', 'prototype']);
    assert.equal(Object.getPrototypeOf(value), Object.prototype);
    assert.deepEqual(Object.getOwnPropertyDescriptor(value, '__proto__').value, { polluted: 1, toString: 2 });
    assert.equal(value.polluted, undefined);
    const own = config.extract();
    assert.equal(Object.getPrototypeOf(own), Object.prototype);
    assert.deepEqual(own, config.value);
  }
  assert.equal({}.polluted, undefined);
  assert.equal(Object.polluted, undefined);
  const [config] = sources;
  assert.equal(config.get('__proto__.polluted'), 1);
  assert.equal(config.get('constructor.prototype.polluted'), 3);
  assert.ok(Object.hasOwn(JSON.parse(JSON.stringify(config)), '__proto__'));
});

test('paths by variables and arguments pollute nothing either', () => {
  const config = createConfig()
    .withArgs(['--set', '__proto__.polluted=1', '--set', 'constructor.prototype.polluted=2'])
    .withEnv('APP_')
    .withEnvVars({ APP___PROTO____POLLUTED: '3' })
    .suppressWarnings('SC0204')
    .build();
  assert.equal({}.polluted, undefined);
  assert.equal(config.get('__proto__.polluted'), 1);
  assert.equal(config.value.polluted, undefined);
});

test('only own properties are found', () => {
  const config = toml('list = [1, 2]\ntext = "abc"\ntable = {}');
  for (const path of [
    'toString', 'constructor', '__proto__', 'hasOwnProperty', 'list.length', 'text.length', 'text[0]', 'table.toString',
    'list.0', 'list[2]', 'list[-1]', 'table[0]', 'nothing.at.all',
  ]) {
    assert.equal(config.get(path), undefined, path);
    assert.equal(config.has(path), false, path);
    assert.equal(config.get(path, 'else'), 'else', path);
  }
});

test('paths are those of the core', () => {
  const config = toml('"a.b" = { "c d" = [[1, 2], [3]] }\n"x[0]" = 4\n"" = 5');
  assert.equal(config.get('"a.b"."c d"[0][1]'), 2);
  assert.equal(config.get('"x[0]"'), 4);
  assert.deepEqual(config.get(''), config.value);
  assert.deepEqual(config.getMany(['"a.b"."c d"[1]', 'nothing', '"a.b"']), [[3], undefined, { 'c d': [[1, 2], [3]] }]);
  assert.equal(String(config.origin('"a.b"."c d"[1][0]')), 'app.toml:1:29');
  for (const path of [1, null, undefined, {}, Symbol('x')]) {
    assert.throws(() => config.get(path), TypeError);
  }
});

test('many paths do not fill the memory', () => {
  const config = toml('a = 1');
  for (let at = 0; at < 30_000; at += 1) {
    assert.equal(config.get(`a${at}`), undefined);
  }
  assert.equal(config.get('a'), 1);
});

test('null is a value', () => {
  const config = createConfig().withText('json', '{"a": null}').build();
  assert.equal(config.get('a'), null);
  assert.equal(config.get('a', 1), null);
  assert.equal(config.has('a'), true);
  assert.equal(config.has('b'), false);
});

test('keys keep their order, but for small integers', () => {
  assert.deepEqual(Object.keys(toml('b = 1\na = 2\nB = 3').value), ['b', 'a', 'B']);
  assert.deepEqual(Object.keys(toml('b = 1\n2 = 2\n1 = 3').value), ['1', '2', 'b']);
});

test('an extract is the program\'s own', () => {
  const config = toml('a = { b = [1] }');
  const own = config.extract();
  own.a.b.push(2);
  own.c = 3;
  assert.deepEqual(config.value, { a: { b: [1] } });
  assert.deepEqual(config.extract(), { a: { b: [1] } });
  assert.deepEqual(createConfig().withObject({ a: 1 }).extract(), { a: 1 });
});

test('what the program gives is copied at once', () => {
  const given = { list: [1], nested: { at: 'x' } };
  const builder = createConfig().withObject(given);
  given.list.push(2);
  given.nested.at = 'y';
  assert.deepEqual(builder.build().value, { list: [1], nested: { at: 'x' } });
});

test('many kinds of values may be given', () => {
  const shared = { x: 1 };
  const config = createConfig({
    map: new Map([['a', 1], ['__proto__', 2]]),
    set: new Set(['a', 'b']),
    date: new Date(Date.UTC(2026, 0, 2)),
    url: new URL('https://example.org/'),
    none: undefined,
    gaps: [1, undefined, , 2],
    bare: Object.assign(Object.create(null), { a: 1 }),
    shared: [shared, shared],
    getter: { get a() { return 7; } },
    [Symbol('hidden')]: 1,
    again: createConfig({ a: 1 }).value,
  });
  assert.deepEqual(config.value.map, Object.fromEntries([['a', 1], ['__proto__', 2]]));
  assert.deepEqual(config.get('set'), ['a', 'b']);
  assert.equal(config.get('date'), '2026-01-02T00:00:00.000Z');
  assert.equal(config.get('url'), 'https://example.org/');
  assert.equal(Object.hasOwn(config.value, 'none'), false);
  assert.deepEqual(config.get('gaps'), [1, null, null, 2]);
  assert.deepEqual(config.get('bare'), { a: 1 });
  assert.deepEqual(config.get('shared'), [{ x: 1 }, { x: 1 }]);
  assert.equal(config.get('getter.a'), 7);
  assert.deepEqual(config.get('again'), { a: 1 });
});

test('what no configuration holds is a TypeError with its path', () => {
  class Thing {}
  const cycle = { a: {} };
  cycle.a.back = cycle;
  const wrong = [
    [{ a: { f: () => 1 } }, 'createConfig: `a.f` is a function, which no configuration holds'],
    [{ a: [Symbol('x')] }, 'createConfig: `a[0]` is a symbol, which no configuration holds'],
    [{ a: new Thing() }, 'createConfig: `a` is an object of Thing; give a plain object, a Map or something with toJSON'],
    [{ 'x.y': [{ '': new Thing() }] }, /^createConfig: `"x\.y"\[0\]\.""` is an object of Thing;/],
    [{ a: Object.create({ b: 1 }) }, /^createConfig: `a` is an object with a prototype of its own;/],
    [{ a: Buffer.from('x') }, /^createConfig: `a` is an object of Buffer;/],
    [new Thing(), /^what createConfig is given is an object of Thing;/],
    [cycle, 'createConfig: `a.back` is a cycle: it holds itself'],
    [{ a: new Map([[1, 2]]) }, 'createConfig: `a` is a Map with a key that is no string'],
    [[], 'what createConfig is given must be an object; it is []'],
    [null, 'what createConfig is given must be an object; it is null'],
    ['text', "what createConfig is given must be an object; it is 'text'"],
  ];
  for (const [value, message] of wrong) {
    assert.throws(() => createConfig(value), { name: 'TypeError', message });
  }
  const own = new Error('mine');
  assert.equal(thrown(() => createConfig({ get a() { throw own; } })), own);
});

test('values cross as they are, whatever JSON makes of them', () => {
  const given = {
    numbers: [0, -1, 1.5, 1e-7, 2 ** 53 - 1, 2 ** 53, -(2 ** 60), 1e21, 1.7976931348623157e308, 5e-324, NaN, -Infinity],
    texts: ['', 'ä"\\\n\u2028', '\ud83d\ude00', '\\ud800'],
    others: [true, false, null, [], {}],
    big: 2n ** 100n,
  };
  const { big, ...plain } = given;
  assert.deepEqual(createConfig(given).extract(), given);
  for (const number of plain.numbers) {
    assert.deepEqual(createConfig({ number }).extract(), { number });
    // Of one that no integer holds exactly, it is not said that it is an integer.
    const isFloat = !Number.isSafeInteger(number);
    assert.equal(/[.e]|nan|inf/.test(createConfig({ x: number }).toText('toml')), isFloat, number);
  }
  assert.deepEqual(createConfig(plain).extract(), plain);
  assert.deepEqual(createConfig({ text: 'a\ud800' }).value, { text: 'a\ufffd' });
  assert.deepEqual(createConfig({ 'key\udc00': 1 }).value, { 'key\ufffd': 1 });
});

test('a handle gives its values to another, not what it shows of them', () => {
  const config = createConfig().withObject({ password: 'hunter2', big: 2n ** 64n }).withSecret('password').build();
  assert.match(String(config), /redacted/);
  for (const again of [createConfig(config), createConfig().withDefaults(config).build()]) {
    assert.deepEqual(again.value, { password: 'hunter2', big: 2n ** 64n });
  }
  assert.equal(createConfig().withObject({ sub: config }).build().get('sub.password'), 'hunter2');
});

test('what is nested deeper than any document ends in an error, not in the stack', () => {
  const nested = (levels) => {
    let value = 1;
    for (let level = 0; level < levels; level += 1) {
      value = { a: value };
    }
    return value;
  };
  for (const levels of [99, 100, 101, 102, 127]) {
    assert.equal(createConfig(nested(levels)).get(Array(levels).fill('a').join('.')), 1);
  }
  assert.throws(() => createConfig(nested(200)), { name: 'RangeError', message: /`a\.a\.a` is deeper than 128 levels/ });
  assert.throws(() => createConfig(nested(200_000)), RangeError);
  assert.throws(() => createConfig({ a: { toJSON() { return this; } } }), TypeError);
});
