// A recorded run, decoded; nnviz/player/film.py says how the bytes are laid out.

const TYPES = {
  int32: Int32Array,
  float64: Float64Array,
  float32: Float32Array,
  uint8: Uint8Array,
  text: Uint8Array,
};
const ASCII = new TextDecoder();

// Whether what the server sent fits what is shown: each fact that it is of is the same there. What
// is of nothing fits everything; of a figure, Streamlit leaves such an empty object out.
const fits = (of, shown) =>
  Object.entries(of ?? {}).every(([fact, value]) => String(value) === String(shown[fact]));

class Film {
  constructor(data) {
    const bytes = data.slice(); // into a buffer of its own, where every array is aligned
    const start = 4 + new DataView(bytes.buffer).getUint32(0, true);
    Object.assign(this, JSON.parse(ASCII.decode(bytes.subarray(4, start))));
    for (const array of Object.values(this.arrays)) {
      const { type, offset, columns } = array;
      array.values = new TYPES[type](bytes.buffer, start + offset, this.frames * columns);
    }
    this.epochs = this.array("epochs");
  }

  // The whole of an array.
  array(name) {
    return this.arrays[name].values;
  }

  // One frame of it.
  at(name, frame) {
    const { values, columns } = this.arrays[name];
    return values.subarray(frame * columns, (frame + 1) * columns);
  }

  // One frame of an array of texts.
  text(name, frame) {
    return ASCII.decode(this.at(name, frame)).replace(/\0+$/, "");
  }

  // The facts of one frame, by which what the server sends fits it or not.
  shown(frame) {
    return { ...this.of, epoch: this.epochs[frame] };
  }

  // The last frame at or before an epoch.
  frame(epoch) {
    let low = 0;
    let high = this.frames - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.epochs[middle] <= epoch) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  has(epoch) {
    return this.epochs[this.frame(epoch)] === epoch;
  }

  // How many epochs lie between a frame and the next.
  gap(frame) {
    return frame + 1 < this.frames ? this.epochs[frame + 1] - this.epochs[frame] : 0;
  }
}
