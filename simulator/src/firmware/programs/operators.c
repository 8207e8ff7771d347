/* A tiny interpreter whose functions carry the names that a compiler gives to those of TensorFlow Lite Micro (2024), written
 * for the tests of the operator monitor: calls through pointers, tail calls, an arena filled from both ends, a heap. */
#include <stddef.h>
#include <stdint.h>

typedef int Kernel(void *context, void *node);

uint8_t tensor_arena[4096];
extern char __bss_end[];
static char *heap_at;
static volatile uint32_t sink;

/* What malloc would ask for memory; the linker script says where static data end. */
__attribute__((noinline, used)) void *_sbrk(ptrdiff_t bytes) {
  char *old = heap_at ? heap_at : __bss_end;
  heap_at = old + bytes;
  return old;
}

__attribute__((noinline)) static int work(uint32_t rounds) {
  uint32_t sum = 0;
  for (uint32_t i = 0; i < rounds; i++) {
    sum += i * i ^ sum >> 3;
  }
  sink = sum;
  return (int)(sum & 0);
}

__attribute__((noinline, used)) int reset_temp(void *allocator) __asm__("_ZN6tflite14MicroAllocator20ResetTempAllocationsEv");
int reset_temp(void *allocator) {
  (void)allocator;
  return work(5);
}

__attribute__((noinline, used)) int conv(void *context, void *node) __asm__("_ZN6tflite12_GLOBAL__N_18ConvEvalEP13TfLiteContextP10TfLiteNode");
int conv(void *context, void *node) {
  (void)context;
  tensor_arena[(uintptr_t)node] = 1;
  work(100);
  return work(1000); /* may become a tail call: still this operator */
}

__attribute__((noinline, used)) int pool(void *context, void *node) __asm__("_ZN6tflite12_GLOBAL__N_111AverageEvalEP13TfLiteContextP10TfLiteNode");
int pool(void *context, void *node) {
  (void)context;
  tensor_arena[4095 - (uintptr_t)node] = 2;
  return work(200);
}

static Kernel *volatile kernels[3] = {conv, pool, conv};
static int (*volatile reset_pointer)(void *) = reset_temp;

__attribute__((noinline, used)) int invoke_subgraph(int number) __asm__("_ZN6tflite21MicroInterpreterGraph14InvokeSubgraphEi");
int invoke_subgraph(int number) {
  int status = number;
  for (uintptr_t i = 0; i < 3; i++) {
    status |= kernels[i](0, (void *)(i * 100));
    reset_pointer(0);
  }
  return status;
}

__attribute__((noinline, used)) int invoke(void) __asm__("_ZN6tflite16MicroInterpreter6InvokeEv");
int invoke(void) { return invoke_subgraph(0); }

int main(void) {
  char *memory = _sbrk(500);
  for (int i = 0; i < 500; i++) {
    memory[i] = 1;
  }
  work(50);
  for (int i = 0; i < 2; i++) {
    if (invoke() != 0) {
      return 1;
    }
  }
  return 0;
}
