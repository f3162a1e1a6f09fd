// The browser's side of a film. The films are made by tests/unit/test_javascript.py, which also
// says what is in them; $FILMS is the folder that holds both.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import test from "node:test";
import { load } from "./scripts.js";

const { Film, fits } = load("nnviz/player/film.js", "Film", "fits");

const read = (name) => readFileSync(join(process.env.FILMS, name));
const bytes = (name) => new Uint8Array(read(`${name}.film`));
const said = (name) => JSON.parse(read(name));
const films = said("films.json");

for (const [name, { header, arrays }] of Object.entries(films)) {
  test(`${name}: the header is what Python wrote`, () => {
    const film = new Film(bytes(name));
    for (const [key, value] of Object.entries(header))
      if (key !== "arrays") assert.deepEqual(film[key], value, key);
    assert.deepEqual(Object.keys(film.arrays), Object.keys(header.arrays));
  });

  test(`${name}: every frame of every array is what Python wrote`, () => {
    const film = new Film(bytes(name));
    for (const [key, rows] of Object.entries(arrays)) {
      rows.forEach((row, frame) => {
        if (typeof row === "string") assert.equal(film.text(key, frame), row);
        else assert.deepEqual([...film.at(key, frame)], row);
      });
      assert.equal(film.at(key, rows.length).length, 0, `${key} goes on`);
    }
  });

  test(`${name}: an epoch's frame is the last one at or before it`, () => {
    const film = new Film(bytes(name));
    const epochs = arrays.epochs.flat();
    for (let epoch = 0; epoch <= header.of.recorded; epoch++) {
      const frame = epochs.findLastIndex((filmed) => filmed <= epoch);
      assert.equal(film.frame(epoch), frame);
      assert.equal(film.has(epoch), epochs[frame] === epoch);
    }
  });

  test(`${name}: the gaps lead from the first epoch to the last`, () => {
    const film = new Film(bytes(name));
    const last = film.epochs.length - 1;
    let epoch = 0;
    for (let frame = 0; frame < last; frame++) {
      assert.equal(film.epochs[frame], epoch);
      epoch += film.gap(frame);
    }
    assert.equal(epoch, header.of.recorded);
    assert.equal(film.gap(last), 0);
  });
}

test("an epoch outside the recording has the nearest frame, and is not had", () => {
  const film = new Film(bytes("whole"));
  const last = film.epochs.length - 1;
  assert.equal(film.frame(-1), 0);
  assert.equal(film.frame(film.of.recorded + 1), last);
  assert.equal(film.has(-1), false);
  assert.equal(film.has(film.of.recorded + 1), false);
});

test("a film may lie anywhere in a longer message, and is not shared with it", () => {
  const content = bytes("whole");
  const message = new Uint8Array(content.length + 5);
  message.set(content, 3);
  const film = new Film(message.subarray(3, 3 + content.length));
  message.fill(0);
  assert.deepEqual([...film.at("loss.curve", 1)], films.whole.arrays["loss.curve"][1]);
});

test("weights are lacking where no synapse carries its number", () => {
  assert.ok(new Film(bytes("whole")).arrays["network.weights"]);
  assert.equal(new Film(bytes("wide")).arrays["network.weights"], undefined);
});

test("a frame's facts are the film's and its epoch", () => {
  const film = new Film(bytes("thinned"));
  const frame = film.frames - 1;
  assert.deepEqual(film.shown(frame), { ...film.of, epoch: 12345 });
  assert.ok(fits(film.of, film.shown(frame)));
  assert.ok(fits({ epoch: 12345, question: [4, 8] }, film.shown(frame)));
});

test("what is of another recipe, epoch or question does not fit", () => {
  const { of } = new Film(bytes("whole"));
  const shown = { ...of, epoch: 7 };
  assert.ok(fits({}, shown) && fits(undefined, shown));
  for (const [fact, value] of Object.entries({ recipe: "0", epoch: 8, question: [4, 9] }))
    assert.equal(fits({ ...shown, [fact]: value }, shown), false, fact);
  assert.equal(fits({ unheard: 1 }, shown), false);
});
