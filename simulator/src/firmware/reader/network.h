/* A network of 8-bit integers as the model describes it: tensors found, scales turned into integers. */
#ifndef NETWORK_H
#define NETWORK_H
#include "flat.h"
#include "layers.h"

typedef struct {
  const int8_t *data; /* in the model, or in RAM */
  int32_t dims[4];    /* NHWC, filled up with 1 in front */
  uint32_t elements;
  vector scales; /* float */
  int32_t zero;
} tensor;

enum { CHANNELS_MAX = 1024, OPERATOR_AVERAGE_POOL = 1, OPERATOR_CONV = 3, OPERATOR_DEPTHWISE = 4, OPERATOR_DENSE = 9, OPERATOR_RESHAPE = 22 };

/* The model at an address; size bounds what is read. */
void network_open(const uint8_t *model, uint32_t size);
uint32_t network_operators(void);
table network_operator(uint32_t index);
int32_t network_code(table operation);
int32_t network_first_input(void);
int32_t network_tensor(table operation, uint32_t slot, uint32_t index);

/* A tensor whose values are in RAM from now on, or are there already. */
tensor network_activation(int32_t index);
/* A tensor whose values are in the model. */
tensor network_constant(int32_t index, uint32_t element_bytes);
/* Multipliers, padding and range of a layer; slots are those of its options, stride_slot -1 where it has no window. Returns the
 * stride in a row; that between rows is the layer's. */
int32_t network_layer(layer *l, tensor *in, tensor *filter, tensor *bias, tensor *out, table options, int stride_slot, int activation_slot);

#endif
