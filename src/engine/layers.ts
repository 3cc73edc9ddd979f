/** One key's value at a sequence, over what is older. */
export interface Layer<Value> {
  readonly key: string;
  /** Undefined when the key is gone. */
  readonly value: Value | undefined;
  durable: boolean;
  /** The next older one that the state does not have yet; none below a durable one. */
  below: Layer<Value> | undefined;
}

/**
 * What was decided of one kind of key and is not in the state yet: for each key the layers from newest to oldest.
 *
 * O1. A decision sees the top; a reader sees the newest durable layer: nothing unsynced leaks.
 * O2. A layer goes only when a durable one is above it, or when the state has its value.
 */
export class Layers<Value> {
  private readonly tops = new Map<string, Layer<Value>>();

  get size(): number {
    return this.tops.size;
  }

  lay(key: string, value: Value | undefined): Layer<Value> {
    const layer: Layer<Value> = { key, value, durable: false, below: this.tops.get(key) };
    this.tops.set(key, layer);
    return layer;
  }

  settle(layer: Layer<Value>): void {
    layer.durable = true;
    layer.below = undefined;
  }

  /** The state has the layer's value. */
  release(layer: Layer<Value>): void {
    const top = this.tops.get(layer.key);
    if (top === layer) {
      this.tops.delete(layer.key);
      return;
    }
    for (let at = top; at !== undefined; at = at.below) if (at.below === layer) at.below = undefined;
  }

  top(key: string): Layer<Value> | undefined {
    return this.tops.get(key);
  }

  settled(key: string): Layer<Value> | undefined {
    let at = this.tops.get(key);
    while (at !== undefined && !at.durable) at = at.below;
    return at;
  }
}
