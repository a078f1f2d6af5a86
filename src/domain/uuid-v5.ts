const rotate = (word: number, by: number): number => (word << by) | (word >>> (32 - by));

/** FIPS 180-4 padding: a one bit, zeros, the length in bits. */
function padded(message: Uint8Array): DataView {
  const view = new DataView(new ArrayBuffer(Math.ceil((message.length + 9) / 64) * 64));
  new Uint8Array(view.buffer).set(message);
  view.setUint8(message.length, 0x80);
  view.setBigUint64(view.byteLength - 8, BigInt(message.length) * 8n);
  return view;
}

function schedule(block: DataView, offset: number): Int32Array {
  const words = new Int32Array(80);
  for (let i = 0; i < 16; i += 1) words[i] = block.getInt32(offset + i * 4);
  const at = (i: number) => words[i] ?? 0;
  for (let i = 16; i < 80; i += 1)
    words[i] = rotate(at(i - 3) ^ at(i - 8) ^ at(i - 14) ^ at(i - 16), 1);
  return words;
}

function mix(round: number, b: number, c: number, d: number): number {
  if (round < 20) return ((b & c) | (~b & d)) + 0x5a827999;
  if (round < 40) return (b ^ c ^ d) + 0x6ed9eba1;
  if (round < 60) return ((b & c) | (b & d) | (c & d)) + 0x8f1bbcdc;
  return (b ^ c ^ d) + 0xca62c1d6;
}

type State = readonly [number, number, number, number, number];

function compress(state: State, words: Int32Array): State {
  let [a, b, c, d, e] = state;
  for (const [round, word] of words.entries()) {
    const next = (rotate(a, 5) + mix(round, b, c, d) + e + word) | 0;
    [a, b, c, d, e] = [next, a, rotate(b, 30), c, d];
  }
  return [
    (state[0] + a) | 0,
    (state[1] + b) | 0,
    (state[2] + c) | 0,
    (state[3] + d) | 0,
    (state[4] + e) | 0,
  ];
}

/** SHA-1 for names only (RFC 9562 §5.5); it protects nothing. WebCrypto has it, but not at once. */
function sha1(message: Uint8Array): DataView {
  const blocks = padded(message);
  let state: State = [0x67452301, 0xefcdab89 | 0, 0x98badcfe | 0, 0x10325476, 0xc3d2e1f0 | 0];
  for (let offset = 0; offset < blocks.byteLength; offset += 64) {
    state = compress(state, schedule(blocks, offset));
  }
  const digest = new DataView(new ArrayBuffer(20));
  for (const [i, word] of state.entries()) digest.setInt32(i * 4, word);
  return digest;
}

const bytesOf = (uuid: string): Uint8Array =>
  Uint8Array.from(uuid.replaceAll('-', '').match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));

/** Name-based UUID, version 5: the same name always gives the same identifier. */
export function uuidV5(namespace: string, name: string): string {
  const digest = sha1(Uint8Array.from([...bytesOf(namespace), ...new TextEncoder().encode(name)]));
  digest.setUint8(6, (digest.getUint8(6) & 0x0f) | 0x50);
  digest.setUint8(8, (digest.getUint8(8) & 0x3f) | 0x80);
  const hex = Array.from({ length: 16 }, (_, i) =>
    digest.getUint8(i).toString(16).padStart(2, '0'),
  );
  return hex.join('').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
