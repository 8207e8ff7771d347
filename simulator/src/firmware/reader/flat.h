/* Tables of a FlatBuffer in place. Every read is checked against the bytes there are; what does not fit ends the program. */
#ifndef FLAT_H
#define FLAT_H
#include <stdint.h>

typedef struct {
  uint32_t at; /* 0: absent */
} table;

typedef struct {
  const uint8_t *data;
  uint32_t count;
} vector;

/* Says what is wrong with the model, and ends the program with status 1. */
__attribute__((noreturn)) void refuse(const char *reason, uint32_t value);

table flat_root(const uint8_t *bytes, uint32_t size, const char *identifier);
int32_t flat_number(table t, uint32_t slot, uint32_t bytes, int32_t absent);
table flat_table(table t, uint32_t slot);
vector flat_vector(table t, uint32_t slot, uint32_t element_bytes);
table flat_element(vector tables, uint32_t index);
int32_t flat_word(vector words, uint32_t index);

#endif
