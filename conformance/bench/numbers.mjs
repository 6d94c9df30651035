// Chance that is the same in every run, and how samples are summed up.

/// mulberry32: small, and good enough to draw rooms and arrivals.
export function chance(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

export function sample(random, items, count) {
  const pool = [...items];
  for (let i = 0; i < count; i++) {
    const j = i + Math.floor(random() * (pool.length - i));
    [pool[i], pool[j]] = [pool[j], pool[i]];
  }
  return pool.slice(0, count);
}

export class Samples {
  #values = [];

  add(value) {
    this.#values.push(value);
  }

  get count() {
    return this.#values.length;
  }

  /// Nearest rank.
  at(share) {
    if (!this.#values.length) {
      return NaN;
    }
    const sorted = Float64Array.from(this.#values).sort();
    return sorted[Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)];
  }

  get p50() {
    return this.at(0.5);
  }

  get p99() {
    return this.at(0.99);
  }
}

export function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted.length % 2
    ? sorted[(sorted.length - 1) / 2]
    : (sorted[sorted.length / 2 - 1] + sorted[sorted.length / 2]) / 2;
}
