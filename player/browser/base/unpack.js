// One message from the server: a JSON header in which every array is a reference, then the arrays' bytes.

const TYPES = { f4: Float32Array, f8: Float64Array, u1: Uint8Array, u2: Uint16Array };

export function unpack(bytes) {
  const buffer = bytes.slice().buffer; // the message is not aligned; its copy is
  const length = new DataView(buffer).getUint32(0, true);
  const { value, arrays } = JSON.parse(new TextDecoder().decode(new Uint8Array(buffer, 8, length)));
  const first = Math.ceil((8 + length) / 8) * 8;
  const views = arrays.map(({ type, shape, at }) =>
    nest(
      new TYPES[type](
        buffer,
        first + at,
        shape.reduce((a, b) => a * b, 1),
      ),
      shape,
    ),
  );
  const restore = (node) => {
    if (node === null || typeof node !== "object") return node;
    if ("$array" in node) return views[node.$array];
    for (const key of Object.keys(node)) node[key] = restore(node[key]);
    return node;
  };
  return restore(value);
}

function nest(flat, shape) {
  if (shape.length < 2) return flat;
  const width = flat.length / shape[0];
  return Array.from({ length: shape[0] }, (_, i) => nest(flat.subarray(i * width, (i + 1) * width), shape.slice(1)));
}
