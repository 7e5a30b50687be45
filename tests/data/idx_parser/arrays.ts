import fc from "fast-check";
import { elementTypes, type IdxData, type IdxType } from "idx-parser";

// The same cases in every run, so that a failure here is a failure everywhere.
fc.configureGlobal({ seed: 1998 });

/** Any typed array of any IDX type with any shape that fits in `maxElements`, NaN, −0 and infinities included. */
export function anyArray(maxElements = 200): fc.Arbitrary<{ type: IdxType; shape: number[]; data: IdxData }> {
  return fc.tuple(fc.constantFrom(...elementTypes), anyShape(maxElements)).chain(
    ([{ type, array }, shape]) => {
      const count = shape.reduce((product, size) => product * size, 1);
      return fc.array(elementOf(type), { minLength: count, maxLength: count }).map((values) => {
        const data = new array(count);
        data.set(values);
        return { type, shape, data };
      });
    },
  );
}

/** Up to 12 sizes (mostly 0, 1, 2 and 3), cut off where the product would pass `maxElements`. */
function anyShape(maxElements: number): fc.Arbitrary<number[]> {
  return fc.array(fc.oneof(fc.nat(3), fc.nat(40)), { maxLength: 12 }).map((sizes) => {
    let count = 1;
    return sizes.filter((size) => {
      if (count * size > maxElements) return false;
      count *= size;
      return true;
    });
  });
}

function elementOf(type: IdxType): fc.Arbitrary<number> {
  switch (type) {
    case "uint8":
      return fc.integer({ min: 0, max: 255 });
    case "int8":
      return fc.integer({ min: -128, max: 127 });
    case "int16":
      return fc.integer({ min: -32768, max: 32767 });
    case "int32":
      return fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 });
    case "float32":
      return fc.float();
    case "float64":
      return fc.double();
  }
}
