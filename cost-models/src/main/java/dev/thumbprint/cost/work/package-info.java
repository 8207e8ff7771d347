/** What a layer asks for: operator, shapes, types. The narrow waist between models and costs. */
package dev.thumbprint.cost.work;
