#ifndef POOL_H
#define POOL_H
#include "layers.h"

/* The mean of the values under each window, rounded to nearest, half away from zero; across is the stride in a row. */
void average_pool(const layer *l, int32_t across, const int8_t *input, int8_t *output);

#endif
