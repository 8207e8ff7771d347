/** Explorations for people and programs: text, JSON, CSV, a page. */
package dev.thumbprint.explore.report;
