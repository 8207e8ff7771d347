/** Every combination of boards, builds, number forms and models, with failures as rows. */
package dev.thumbprint.study.batch;
