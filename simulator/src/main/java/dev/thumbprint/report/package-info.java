/** Reports of a profile: table, JSON, CSV, Markdown; one small class for each format. */
package dev.thumbprint.report;
