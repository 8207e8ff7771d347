/** Models: .tflite files and layer lists read into a graph, the zoo, and the writer. */
package dev.thumbprint.model;
