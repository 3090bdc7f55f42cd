'use strict';
// Telling listeners and iterators what other threads have done.
//
// The native half puts the number of a handle into the mailbox of this thread, and wakes it. What happened is then
// asked for: one change for all that was not told yet, and the latest error.

const { EventEmitter } = require('node:events');
const check = require('./check.cjs');
const { ConfigChange } = require('./change.cjs');
const { told } = require('./error.cjs');
const native = require('./native.cjs');

const EVENTS = ['change', 'error'];

let mailbox;
let count = 0;
/** What listens, by its number; whatever is watched is kept. */
const listening = new Map();
const watched = new Set();
const forgotten = new FinalizationRegistry((number) => listening.delete(number));

/** Tells what is in the mailbox. */
function deliver() {
  if (mailbox !== undefined) {
    for (const number of native.emptyMailbox(mailbox)) {
      listening.get(number)?.deref()?.tell();
    }
  }
}

class Listening {
  #handle;
  #outdated;
  #native;
  #changes;
  #ear;
  #number = ++count;
  /** A program may have a listener for each of its settings, which is no leak. */
  #emitter = new EventEmitter().setMaxListeners(0);
  #iterators = new Set();
  #watches = new Set();
  #telling = false;

  /** `outdated` is called before anybody is told of a change. */
  constructor(handle, nativeHandle, outdated) {
    this.#handle = handle;
    this.#outdated = outdated;
    this.#native = nativeHandle;
    this.#changes = native.changes(nativeHandle);
    mailbox ??= native.mailbox(deliver);
    this.#ear = native.listen(nativeHandle, mailbox, this.#number);
    listening.set(this.#number, new WeakRef(this));
    forgotten.register(this, this.#number);
  }

  /** Tells what happened. A listener that reloads has it told after this, so that none is told the later first. */
  tell() {
    if (this.#telling) {
      return;
    }
    this.#telling = true;
    try {
      for (let change; (change = native.nextChange(this.#changes)) !== null; ) {
        this.#outdated();
        this.#iterators.forEach((iterator) => iterator.wake());
        this.#emit('change', new ConfigChange(check.key, change));
      }
      const error = native.nextError(this.#ear);
      if (error !== null) {
        this.#emit('error', told(error));
      }
    } finally {
      this.#telling = false;
    }
  }

  #emit(event, argument) {
    for (const listener of this.#emitter.rawListeners(event)) {
      try {
        const result = Reflect.apply(listener, this.#handle, [argument]);
        if (typeof result?.then === 'function') {
          result.then(undefined, (error) => this.#thrown(event, error));
        }
      } catch (error) {
        this.#thrown(event, error);
      }
    }
  }

  /** What a listener threw goes to those for errors; where there is none, it is uncaught. */
  #thrown(event, error) {
    if (event !== 'error' && this.#emitter.listenerCount('error') > 0) {
      this.#emit('error', error);
    } else {
      queueMicrotask(() => {
        throw error;
      });
    }
  }

  on(event, listener) {
    this.#emitter.on(known(event), check.func(listener, 'the listener'));
  }

  once(event, listener) {
    this.#emitter.once(known(event), check.func(listener, 'the listener'));
  }

  off(event, listener) {
    this.#emitter.off(known(event), listener);
  }

  changes(signal) {
    return new Changes(native.changes(this.#native), this.#iterators, signal);
  }

  /** Keeps the handle for as long as it is watched. */
  keep(watch) {
    this.#watches.add(watch);
    watched.add(this);
  }

  release(watch) {
    this.#watches.delete(watch);
    if (this.#watches.size === 0) {
      watched.delete(this);
    }
  }

  /** Ends everything; the promise is over when no watch reloads any more. */
  async closeAsync() {
    const stopped = [...this.#watches].map((watch) => watch[Symbol.asyncDispose]());
    this.close();
    await Promise.all(stopped);
  }

  close() {
    [...this.#watches].forEach((watch) => watch.stop());
    [...this.#iterators].forEach((iterator) => iterator.return());
    this.#emitter.removeAllListeners();
    native.stopListening(this.#ear);
    listening.delete(this.#number);
    forgotten.unregister(this);
  }
}

function known(event) {
  if (!EVENTS.includes(event)) {
    throw check.wrong('the event', "'change' or 'error'", event);
  }
  return event;
}

/** What an operation ends with that a signal ends. */
function abortion(signal) {
  return new DOMException('The operation was aborted', { name: 'AbortError', cause: signal.reason });
}

/** The changes to come. */
class Changes {
  #native;
  #all;
  #waiting = [];
  #ended = false;
  #signal;
  /** What the next call is told, where nobody waited when the signal came. */
  #aborted;
  #abort = () => this.#end(abortion(this.#signal));

  constructor(changes, all, signal) {
    if (signal !== undefined && !(signal instanceof AbortSignal)) {
      throw check.wrong('the signal', 'an AbortSignal', signal);
    }
    this.#native = changes;
    this.#all = all;
    this.#signal = signal;
    if (signal?.aborted) {
      throw abortion(signal);
    }
    signal?.addEventListener('abort', this.#abort);
    all.add(this);
  }

  /** Something may have happened. */
  wake() {
    while (this.#waiting.length > 0) {
      const change = native.nextChange(this.#native);
      if (change === null) {
        return;
      }
      this.#waiting.shift().resolve({ value: new ConfigChange(check.key, change), done: false });
    }
  }

  next() {
    return new Promise((resolve, reject) => {
      if (this.#aborted !== undefined) {
        reject(this.#aborted);
        this.#aborted = undefined;
      } else if (this.#ended) {
        resolve({ value: undefined, done: true });
      } else {
        this.#waiting.push({ resolve, reject });
        this.wake();
      }
    });
  }

  async return(value) {
    this.#aborted = undefined;
    this.#end();
    return { value, done: true };
  }

  #end(error) {
    this.#ended = true;
    this.#all.delete(this);
    this.#signal?.removeEventListener('abort', this.#abort);
    if (this.#waiting.length === 0) {
      this.#aborted = error;
    }
    for (const { resolve, reject } of this.#waiting.splice(0)) {
      if (error === undefined) {
        resolve({ value: undefined, done: true });
      } else {
        reject(error);
      }
    }
  }

  [Symbol.asyncIterator]() {
    return this;
  }

  async [Symbol.asyncDispose]() {
    this.#end();
  }
}

module.exports = { Listening, deliver };
