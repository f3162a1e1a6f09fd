// A recorded run, decoded; nnviz/film.py says how the bytes are laid out.

const TYPES = { int32: Int32Array, float64: Float64Array, float32: Float32Array, uint8: Uint8Array };

class Film {
  constructor(data) {
    const bytes = data.slice(); // into a buffer of its own, where every array is aligned
    const start = 4 + new DataView(bytes.buffer).getUint32(0, true);
    Object.assign(this, JSON.parse(new TextDecoder().decode(bytes.subarray(4, start))));
    this.columns = {};
    for (const [name, { type, offset, length, columns }] of Object.entries(this.arrays)) {
      this[name] = new TYPES[type](bytes.buffer, start + offset, length);
      this.columns[name] = columns;
    }
  }

  // The last frame at or before an epoch.
  frame(epoch) {
    let low = 0;
    let high = this.epochs.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.epochs[middle] <= epoch) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  // One frame of one array.
  at(name, frame) {
    const columns = this.columns[name];
    return this[name].subarray(frame * columns, (frame + 1) * columns);
  }

  has(epoch) {
    return this.epochs[this.frame(epoch)] === epoch;
  }

  // How many epochs lie between a frame and the next.
  gap(frame) {
    return frame + 1 < this.epochs.length ? this.epochs[frame + 1] - this.epochs[frame] : 0;
  }
}

const signed = (weight) => `${weight < 0 ? "−" : "+"}${Math.abs(weight).toFixed(2)}`;

// The read-outs: as many digits as a reader can use, and none that jump about.
const lossText = (film, frame) => film.loss[frame].toPrecision(6);
const predictionText = (film, frame) => film.prediction[frame].toFixed(film.decimals);
