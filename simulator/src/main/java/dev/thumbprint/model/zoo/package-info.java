/** Networks that are built in: the shapes of public benchmarks and studies, synthetic weights. */
package dev.thumbprint.model.zoo;
