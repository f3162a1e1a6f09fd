// What the maps are drawn with: colours, and lines of equal values.

import assert from "node:assert/strict";
import test from "node:test";
import { load } from "./scripts.js";

const { contour, nearest, shadeOf } = load("nnviz/charts/maps.js", "contour", "nearest", "shadeOf");

// The values of a function at the points of a grid, the first at the lower left.
const grid = ([across, up], value) =>
  Array.from({ length: across * up }, (_, k) => value(k % across, Math.floor(k / across)));

test("a line of equal values of a plane is straight, and has no gaps", () => {
  const size = [7, 5];
  const pieces = contour(
    grid(size, (x, y) => 2 * x + y),
    size,
    6.5,
  );
  for (const [x, y] of pieces.flat()) assert.ok(Math.abs(2 * x + y - 6.5) < 1e-12);
  const heights = pieces.flat().map(([, y]) => y);
  assert.deepEqual([Math.min(...heights), Math.max(...heights)], [0, 4]);
  const ends = pieces.flat().map((end) => end.map((value) => value.toFixed(9)).join());
  const open = ends.filter((end) => ends.filter((other) => other === end).length === 1);
  assert.equal(open.length, 2); // where it leaves the grid
});

test("around a hill it is closed", () => {
  const size = [9, 9];
  const hill = grid(size, (x, y) => -Math.hypot(x - 4, y - 4));
  const pieces = contour(hill, size, -2.5);
  const ends = pieces.flat().map((end) => end.map((value) => value.toFixed(9)).join());
  assert.ok(pieces.length > 8);
  for (const end of ends) assert.equal(ends.filter((other) => other === end).length, 2);
});

test("where no value lies on either side there is none", () => {
  const size = [4, 4];
  for (const level of [-1, 7])
    assert.deepEqual(
      contour(
        grid(size, (x, y) => x + y),
        size,
        level,
      ),
      [],
    );
});

test("a shade is as far from the middle as its value, and no further than the last", () => {
  const shades = [0, 1, 2, 3, 4, 5, 6, 7];
  const shade = shadeOf(shades, [89, 4]);
  assert.deepEqual([85, 85.9, 88.9, 89, 92.9, 1e9, -1e9].map(shade), [0, 0, 3, 4, 7, 7, 0]);
});

test("the nearest of evenly spaced values is found, at the ends, too", () => {
  const values = [0.5, 1, 1.5, 2];
  assert.deepEqual(
    [0.5, 0.74, 0.76, 1.9, -9, 9].map((value) => nearest(values, value)),
    [0, 0, 1, 3, 0, 3],
  );
});
