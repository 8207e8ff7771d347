/* A table starts with the distance back to its vtable; the vtable holds two sizes of 16 bits, then where each field is, 0 if
 * absent. References are distances forward (flatbuffers.dev, "Internals"). */
#include "flat.h"

static const uint8_t *start;
static uint32_t end;

static void need(uint32_t at, uint32_t bytes) {
  if (at > end || bytes > end - at) {
    refuse("a reference leads outside of the model, to byte", at);
  }
}

static uint32_t number(uint32_t at, uint32_t bytes) {
  need(at, bytes);
  uint32_t value = 0;
  for (uint32_t i = 0; i < bytes; i++) {
    value |= (uint32_t)start[at + i] << 8 * i;
  }
  return value;
}

static uint32_t forward(uint32_t at) {
  uint32_t distance = number(at, 4);
  need(at, distance);
  return at + distance;
}

table flat_root(const uint8_t *bytes, uint32_t size, const char *identifier) {
  start = bytes;
  end = size;
  for (uint32_t i = 0; i < 4; i++) {
    if (number(4 + i, 1) != (uint8_t)identifier[i]) {
      refuse("no TFL3 at the address; found", number(4, 4));
    }
  }
  return (table){forward(0)};
}

/* Where a field is, 0 if absent. */
static uint32_t field(table t, uint32_t slot) {
  if (t.at == 0) {
    return 0;
  }
  uint32_t vtable = t.at - number(t.at, 4);
  uint32_t place = 4 + 2 * slot;
  if (place + 2 > number(vtable, 2)) {
    return 0;
  }
  uint32_t offset = number(vtable + place, 2);
  return offset == 0 ? 0 : t.at + offset;
}

int32_t flat_number(table t, uint32_t slot, uint32_t bytes, int32_t absent) {
  uint32_t at = field(t, slot);
  if (at == 0) {
    return absent;
  }
  uint32_t unused = 32 - 8 * bytes;
  return (int32_t)(number(at, bytes) << unused) >> unused;
}

table flat_table(table t, uint32_t slot) {
  uint32_t at = field(t, slot);
  return (table){at == 0 ? 0 : forward(at)};
}

vector flat_vector(table t, uint32_t slot, uint32_t element_bytes) {
  uint32_t at = field(t, slot);
  if (at == 0) {
    return (vector){0, 0};
  }
  at = forward(at);
  uint32_t count = number(at, 4);
  if (count > end / element_bytes) {
    refuse("a vector longer than the model, of elements", count);
  }
  need(at + 4, count * element_bytes);
  if (((uintptr_t)start + at + 4) % (element_bytes < 4 ? element_bytes : 4) != 0) {
    refuse("elements not aligned to their size, at byte", at + 4);
  }
  return (vector){start + at + 4, count};
}

static uint32_t element(vector v, uint32_t index) {
  if (index >= v.count) {
    refuse("an index that is too large:", index);
  }
  return (uint32_t)(v.data - start) + 4 * index;
}

table flat_element(vector tables, uint32_t index) {
  return (table){forward(element(tables, index))};
}

int32_t flat_word(vector words, uint32_t index) {
  return (int32_t)number(element(words, index), 4);
}
