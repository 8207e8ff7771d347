/** Arena, RAM and flash of a model under TensorFlow Lite Micro, planned as the runtime plans. */
package dev.thumbprint.memory;
