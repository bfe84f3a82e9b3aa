/* The arithmetic of the reader's network in WebAssembly SIMD: quantized matrix products, norms, attention, arc and relation scores.
 * All buffers lie in one memory that the caller lays out; every function works on rows of packed sentences, without padding between them.
 * Integer products use relaxed dot instructions only within the range where every machine gives the same result; the rest is plain SIMD.
 * Built by training/reader/build-kernel.sh into kernel.wasm. */

#include <stdint.h>
#include <wasm_simd128.h>

#define EXPORT(name) __attribute__((export_name(#name)))
#define LOAD(p) wasm_v128_load(p)
#define STORE(p, v) wasm_v128_store(p, v)
#define SPLAT(x) wasm_f32x4_splat(x)
#define ADD wasm_f32x4_add
#define SUB wasm_f32x4_sub
#define MUL wasm_f32x4_mul

typedef v128_t vec;

static float sum4(vec v) {
  return wasm_f32x4_extract_lane(v, 0) + wasm_f32x4_extract_lane(v, 1) + wasm_f32x4_extract_lane(v, 2) + wasm_f32x4_extract_lane(v, 3);
}

static vec exp4(vec x) {
  /* 2^n times a polynomial on [-ln2/2, ln2/2]; good to about 1e-7 */
  x = wasm_f32x4_max(wasm_f32x4_min(x, SPLAT(80.f)), SPLAT(-80.f));
  vec n = wasm_f32x4_nearest(MUL(x, SPLAT(1.44269504f)));
  vec r = SUB(SUB(x, MUL(n, SPLAT(0.693359375f))), MUL(n, SPLAT(-2.12194440e-4f)));
  vec p = SPLAT(1.9875691500e-4f);
  p = ADD(MUL(p, r), SPLAT(1.3981999507e-3f));
  p = ADD(MUL(p, r), SPLAT(8.3334519073e-3f));
  p = ADD(MUL(p, r), SPLAT(4.1665795894e-2f));
  p = ADD(MUL(p, r), SPLAT(1.6666665459e-1f));
  p = ADD(MUL(p, r), SPLAT(5.0000001201e-1f));
  p = ADD(ADD(MUL(MUL(p, r), r), r), SPLAT(1.f));
  vec two = wasm_i32x4_shl(wasm_i32x4_add(wasm_i32x4_trunc_sat_f32x4(n), wasm_i32x4_splat(127)), 23);
  return MUL(p, two);
}

static vec gelu4(vec x) {
  /* x * Phi(x), Phi by tanh, its exponential to five digits; within 5e-4 of the exact form */
  vec t = MUL(MUL(x, SPLAT(-2.3022082f)), ADD(SPLAT(1.f), MUL(MUL(x, x), SPLAT(0.044715f))));
  t = wasm_f32x4_pmax(wasm_f32x4_pmin(t, SPLAT(60.f)), SPLAT(-60.f));
  vec n = wasm_f32x4_nearest(t), r = SUB(t, n);
  vec p = ADD(MUL(r, SPLAT(0.0096181f)), SPLAT(0.0555041f));
  p = ADD(MUL(ADD(MUL(ADD(MUL(p, r), SPLAT(0.2402265f)), r), SPLAT(0.6931472f)), r), SPLAT(1.f));
  vec two = wasm_i32x4_shl(wasm_i32x4_add(wasm_i32x4_trunc_sat_f32x4(n), wasm_i32x4_splat(127)), 23);
  return wasm_f32x4_div(x, ADD(SPLAT(1.f), MUL(p, two)));
}

/* One row of floats as bytes 0..127: x is about q * scale + low. */
static void quantize_row(const float *x, uint8_t *q, float *scale, float *low, int k) {
  vec lo = LOAD(x), hi = lo;
  for (int i = 4; i < k; i += 4) {
    vec v = LOAD(x + i);
    lo = wasm_f32x4_pmin(lo, v);
    hi = wasm_f32x4_pmax(hi, v);
  }
  float least = wasm_f32x4_extract_lane(lo, 0), most = wasm_f32x4_extract_lane(hi, 0);
#define LANE(i)                                                                            \
  if (wasm_f32x4_extract_lane(lo, i) < least) least = wasm_f32x4_extract_lane(lo, i);      \
  if (wasm_f32x4_extract_lane(hi, i) > most) most = wasm_f32x4_extract_lane(hi, i);
  LANE(1) LANE(2) LANE(3)
  float step = (most - least) / 127.f;
  if (step < 1e-9f) step = 1e-9f;
  *scale = step;
  *low = least;
  vec inverse = SPLAT(1.f / step), start = SPLAT(least), half = SPLAT(0.5f);
  for (int i = 0; i < k; i += 16) {
    vec a = wasm_i32x4_trunc_sat_f32x4(ADD(MUL(SUB(LOAD(x + i), start), inverse), half));
    vec b = wasm_i32x4_trunc_sat_f32x4(ADD(MUL(SUB(LOAD(x + i + 4), start), inverse), half));
    vec c = wasm_i32x4_trunc_sat_f32x4(ADD(MUL(SUB(LOAD(x + i + 8), start), inverse), half));
    vec d = wasm_i32x4_trunc_sat_f32x4(ADD(MUL(SUB(LOAD(x + i + 12), start), inverse), half));
    vec bytes = wasm_u8x16_narrow_i16x8(wasm_i16x8_narrow_i32x4(a, b), wasm_i16x8_narrow_i32x4(c, d));
    STORE(q + i, wasm_u8x16_min(bytes, wasm_i8x16_splat(127)));
  }
}

EXPORT(quantize) void quantize(const float *x, uint8_t *q, float *scale, float *low, int rows, int k) {
  for (int r = 0; r < rows; r++) quantize_row(x + (long)r * k, q + (long)r * k, scale + r, low + r, k);
}

/* Gelu in place, then bytes. */
EXPORT(gelu) void gelu(float *x, uint8_t *q, float *scale, float *low, int rows, int k) {
  for (int r = 0; r < rows; r++) {
    float *row = x + (long)r * k;
    for (int i = 0; i < k; i += 4) STORE(row + i, gelu4(LOAD(row + i)));
    quantize_row(row, q + (long)r * k, scale + r, low + r, k);
  }
}

/* out[m][n] = column[n] * (scale[m] * sum(q * w) + low[m] * total[n]) + bias[n].
 * w: signed 6-bit weights, blocks of 8 columns, in each for every 4 inputs 8 columns of 4. Four products of 7 by 6 bits fit 16 bits.
 * rows is a multiple of 4 (the buffers are that long), n of 8, k of 16. */
#define PAIRS(offset, a) wasm_i16x8_relaxed_dot_i8x16_i7x16(LOAD(w + offset), wasm_v128_load32_splat(a))
#define TILE(sum, row, side)                                                                                                          \
  {                                                                                                                                   \
    vec part = wasm_i16x8_add(wasm_i16x8_add(PAIRS(side, row + i), PAIRS(side + 32, row + i + 4)),                                    \
                              wasm_i16x8_add(PAIRS(side + 64, row + i + 8), PAIRS(side + 96, row + i + 12)));                         \
    sum = wasm_i32x4_add(sum, wasm_i32x4_dot_i16x8(part, one));                                                                       \
  }
EXPORT(multiply)
void multiply(const uint8_t *q, const float *scale, const float *low, const int8_t *weights, const float *column, const float *total,
              const float *bias, float *out, int rows, int n, int k) {
  const vec one = wasm_i16x8_splat(1);
  for (int c = 0; c < n; c += 8) {
    const vec column0 = LOAD(column + c), column1 = LOAD(column + c + 4), total0 = LOAD(total + c), total1 = LOAD(total + c + 4);
    const vec bias0 = LOAD(bias + c), bias1 = LOAD(bias + c + 4);
    for (int m = 0; m < rows; m += 4) {
      const uint8_t *a0 = q + (long)m * k, *a1 = a0 + k, *a2 = a1 + k, *a3 = a2 + k;
      const int8_t *w = weights + (long)c * k;
      vec s00 = wasm_i32x4_splat(0), s01 = s00, s10 = s00, s11 = s00, s20 = s00, s21 = s00, s30 = s00, s31 = s00;
      for (int i = 0; i < k; i += 16) {
        TILE(s00, a0, 0) TILE(s01, a0, 16) TILE(s10, a1, 0) TILE(s11, a1, 16)
        TILE(s20, a2, 0) TILE(s21, a2, 16) TILE(s30, a3, 0) TILE(s31, a3, 16)
        w += 128;
      }
      float *o = out + (long)m * n + c;
#define FINISH(r, x, y)                                                                                                               \
  {                                                                                                                                   \
    vec s = SPLAT(scale[m + r]), l = SPLAT(low[m + r]);                                                                               \
    STORE(o + (long)r * n, ADD(MUL(column0, ADD(MUL(s, wasm_f32x4_convert_i32x4(x)), MUL(l, total0))), bias0));                       \
    STORE(o + (long)r * n + 4, ADD(MUL(column1, ADD(MUL(s, wasm_f32x4_convert_i32x4(y)), MUL(l, total1))), bias1));                   \
  }
      FINISH(0, s00, s01) FINISH(1, s10, s11) FINISH(2, s20, s21) FINISH(3, s30, s31)
    }
  }
}

/* x = norm(x + y), as floats in place and as bytes; y may be x's own zero row when there is nothing to add (add = 0). */
EXPORT(norm)
void norm(float *x, const float *y, int add, const float *gamma, const float *beta, uint8_t *q, float *scale, float *low, int rows, int k) {
  for (int r = 0; r < rows; r++) {
    float *row = x + (long)r * k;
    const float *more = y + (long)r * k;
    vec sum = SPLAT(0.f), squares = sum;
    for (int i = 0; i < k; i += 4) {
      vec v = LOAD(row + i);
      if (add) v = ADD(v, LOAD(more + i));
      STORE(row + i, v);
      sum = ADD(sum, v);
    }
    vec mean = SPLAT(sum4(sum) / k);
    for (int i = 0; i < k; i += 4) {
      vec v = SUB(LOAD(row + i), mean);
      squares = ADD(squares, MUL(v, v));
    }
    vec inverse = SPLAT(1.f / __builtin_sqrtf(sum4(squares) / k + 1e-12f));
    for (int i = 0; i < k; i += 4)
      STORE(row + i, ADD(MUL(MUL(SUB(LOAD(row + i), mean), inverse), LOAD(gamma + i)), LOAD(beta + i)));
    quantize_row(row, q + (long)r * k, scale + r, low + r, k);
  }
}

/* Sum of piece, position and shape vectors. pieces: rows of bytes with a scale each. */
EXPORT(embed)
void embed(const int32_t *piece, const int32_t *position, const int32_t *shape, const int8_t *table, const float *table_scale,
           const float *positions, const float *shapes, float *x, int rows, int k) {
  for (int r = 0; r < rows; r++) {
    const int8_t *t = table + (long)piece[r] * k;
    const float *p = positions + (long)position[r] * k, *s = shapes + (long)shape[r] * k;
    const vec scale = SPLAT(table_scale[piece[r]]);
    float *row = x + (long)r * k;
    for (int i = 0; i < k; i += 8) {
      vec words = wasm_i16x8_load8x8(t + i);
      vec a = wasm_f32x4_convert_i32x4(wasm_i32x4_extend_low_i16x8(words)), b = wasm_f32x4_convert_i32x4(wasm_i32x4_extend_high_i16x8(words));
      STORE(row + i, ADD(MUL(a, scale), ADD(LOAD(p + i), LOAD(s + i))));
      STORE(row + i + 4, ADD(MUL(b, scale), ADD(LOAD(p + i + 4), LOAD(s + i + 4))));
    }
  }
}

static vec bytes16(vec a, vec b) { return wasm_i16x8_narrow_i32x4(wasm_i32x4_trunc_sat_f32x4(wasm_f32x4_nearest(a)), wasm_i32x4_trunc_sat_f32x4(wasm_f32x4_nearest(b))); }

static float largest(const float *x, int stride, int rows) {
  /* of 32 columns */
  vec most = SPLAT(1e-9f);
  for (int j = 0; j < rows; j++)
    for (int d = 0; d < 32; d += 4) most = wasm_f32x4_pmax(most, wasm_f32x4_abs(LOAD(x + (long)j * stride + d)));
  float top = wasm_f32x4_extract_lane(most, 0);
  if (wasm_f32x4_extract_lane(most, 1) > top) top = wasm_f32x4_extract_lane(most, 1);
  if (wasm_f32x4_extract_lane(most, 2) > top) top = wasm_f32x4_extract_lane(most, 2);
  if (wasm_f32x4_extract_lane(most, 3) > top) top = wasm_f32x4_extract_lane(most, 3);
  return top;
}

/* Attention of one sentence of t rows: qkv [t][3 * width] to out [t][width]; heads of 32. Queries, keys, values and weights are taken as
 * 16-bit numbers (12, 12, 15 and 14 bits and a sign), whose sums fit 32: the weights of a word add up to 16383 and a little. room: space for one head, (t + 4) * (64 + 64 + 4 + 2) bytes and 64 more. */
EXPORT(attend) void attend(const float *qkv, float *out, int16_t *room, int t, int width) {
  const int line = 3 * width, t4 = (t + 3) & ~3, t2 = (t + 1) & ~1;
  int16_t *keys = room;                /* [16 pairs of d][t4][2] */
  int16_t *values = keys + 32 * t4;    /* [t2 / 2 pairs of j][32][2] */
  float *scores = (float *)(values + 32 * t4);
  int16_t *shares = (int16_t *)(scores + t4);
  for (int h = 0; h < width; h += 32) {
    const float *k = qkv + width + h, *v = qkv + 2 * width + h;
    const float key_step = largest(k, line, t) / 4095.f, value_step = largest(v, line, t) / 32767.f, query_step = largest(qkv + h, line, t) / 4095.f;
    const vec key_by = SPLAT(1.f / key_step), value_by = SPLAT(1.f / value_step), query_by = SPLAT(1.f / query_step);
    for (int j = 0; j < t4; j++)
      for (int d = 0; d < 32; d += 8) {
        vec row = j < t ? bytes16(MUL(LOAD(k + (long)j * line + d), key_by), MUL(LOAD(k + (long)j * line + d + 4), key_by)) : SPLAT(0.f);
        wasm_v128_store32_lane(keys + ((d / 2 + 0) * t4 + j) * 2, row, 0);
        wasm_v128_store32_lane(keys + ((d / 2 + 1) * t4 + j) * 2, row, 1);
        wasm_v128_store32_lane(keys + ((d / 2 + 2) * t4 + j) * 2, row, 2);
        wasm_v128_store32_lane(keys + ((d / 2 + 3) * t4 + j) * 2, row, 3);
      }
    for (int j = 0; j < t2; j += 2)
      for (int d = 0; d < 32; d += 8) {
        const float *a = v + (long)j * line + d, *b = a + line;
        vec x = bytes16(MUL(LOAD(a), value_by), MUL(LOAD(a + 4), value_by));
        vec y = j + 1 < t ? bytes16(MUL(LOAD(b), value_by), MUL(LOAD(b + 4), value_by)) : SPLAT(0.f);
        STORE(values + j * 32 + d * 2, wasm_i16x8_shuffle(x, y, 0, 8, 1, 9, 2, 10, 3, 11));
        STORE(values + j * 32 + d * 2 + 8, wasm_i16x8_shuffle(x, y, 4, 12, 5, 13, 6, 14, 7, 15));
      }
    const vec unit = SPLAT(key_step * query_step * 0.17677669529f);
    for (int i = 0; i < t; i++) {
      int16_t query[32];
      for (int d = 0; d < 32; d += 8)
        STORE(query + d, bytes16(MUL(LOAD(qkv + (long)i * line + h + d), query_by), MUL(LOAD(qkv + (long)i * line + h + d + 4), query_by)));
      vec most = SPLAT(-1e30f);
      for (int j = 0; j < t4; j += 4) {
        vec s = wasm_i32x4_splat(0);
        for (int d = 0; d < 16; d++) s = wasm_i32x4_add(s, wasm_i32x4_dot_i16x8(wasm_v128_load32_splat(query + 2 * d), LOAD(keys + (d * t4 + j) * 2)));
        vec f = MUL(wasm_f32x4_convert_i32x4(s), unit);
        STORE(scores + j, f);
        most = wasm_f32x4_pmax(most, f);
      }
      for (int j = t; j < t4; j++) scores[j] = -1e9f;
      float top = wasm_f32x4_extract_lane(most, 0);
      if (wasm_f32x4_extract_lane(most, 1) > top) top = wasm_f32x4_extract_lane(most, 1);
      if (wasm_f32x4_extract_lane(most, 2) > top) top = wasm_f32x4_extract_lane(most, 2);
      if (wasm_f32x4_extract_lane(most, 3) > top) top = wasm_f32x4_extract_lane(most, 3);
      vec total = SPLAT(0.f);
      for (int j = 0; j < t4; j += 4) {
        vec e = exp4(SUB(LOAD(scores + j), SPLAT(top)));
        total = ADD(total, e);
        STORE(scores + j, e);
      }
      const float by = 16383.f / sum4(total);
      for (int j = 0; j < t4; j += 4) {
        vec share = wasm_i32x4_trunc_sat_f32x4(wasm_f32x4_nearest(MUL(LOAD(scores + j), SPLAT(by))));
        wasm_v128_store64_lane(shares + j, wasm_i16x8_narrow_i32x4(share, share), 0);
      }
      vec o[8];
      for (int d = 0; d < 8; d++) o[d] = wasm_i32x4_splat(0);
      for (int j = 0; j < t2; j += 2) {
        const vec p = wasm_v128_load32_splat(shares + j);
        for (int d = 0; d < 8; d++) o[d] = wasm_i32x4_add(o[d], wasm_i32x4_dot_i16x8(p, LOAD(values + j * 32 + d * 8)));
      }
      const vec back = SPLAT(value_step / 16383.f);
      for (int d = 0; d < 8; d++) STORE(out + (long)i * width + h + 4 * d, MUL(wasm_f32x4_convert_i32x4(o[d]), back));
    }
  }
}

/* Word rows: the mean of the first and the last piece's row. */
EXPORT(gather) void gather(const float *x, const int32_t *first, const int32_t *last, float *out, int rows, int k) {
  for (int r = 0; r < rows; r++) {
    const float *a = x + (long)first[r] * k, *b = x + (long)last[r] * k;
    for (int i = 0; i < k; i += 4) STORE(out + (long)r * k + i, MUL(ADD(LOAD(a + i), LOAD(b + i)), SPLAT(0.5f)));
  }
}

/* max(x, 0) of k columns of wider rows, copied out. */
EXPORT(relu) void relu(const float *x, int stride, float *out, int rows, int k) {
  for (int r = 0; r < rows; r++)
    for (int i = 0; i < k; i += 4) STORE(out + (long)r * k + i, wasm_f32x4_pmax(SPLAT(0.f), LOAD(x + (long)r * stride + i)));
}

/* Scores of every word as the head of every word: dep [n][k], head [n][k] to out [n][n]. */
EXPORT(arcs) void arcs(const float *dep, const float *head, float *out, int n, int k) {
  for (int d = 0; d < n; d++)
    for (int h = 0; h < n; h++) {
      vec a = SPLAT(0.f), b = a;
      const float *x = dep + (long)d * k, *y = head + (long)h * k;
      for (int i = 0; i < k; i += 8) {
        a = ADD(a, MUL(LOAD(x + i), LOAD(y + i)));
        b = ADD(b, MUL(LOAD(x + i + 4), LOAD(y + i + 4)));
      }
      out[(long)d * n + h] = sum4(ADD(a, b));
    }
}

/* Relation scores of words under their heads: rows of dep and head are `stride` apart; weights [k][labels], labels a multiple of 4. */
EXPORT(relate)
void relate(const float *dep, const float *head, int stride, const int32_t *heads, const float *weights, const float *bias, float *out, int n,
            int k, int labels) {
  for (int d = 0; d < n; d++) {
    const float *x = dep + (long)d * stride, *y = head + (long)heads[d] * stride;
    float *o = out + (long)d * labels;
    for (int l = 0; l < labels; l += 4) STORE(o + l, LOAD(bias + l));
    for (int i = 0; i < k; i++) {
      const float on = x[i] + y[i];
      if (on <= 0.f) continue;
      const vec v = SPLAT(on);
      const float *w = weights + (long)i * labels;
      for (int l = 0; l < labels; l += 4) STORE(o + l, ADD(LOAD(o + l), MUL(v, LOAD(w + l))));
    }
  }
}
