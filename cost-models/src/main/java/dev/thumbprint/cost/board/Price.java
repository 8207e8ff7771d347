package dev.thumbprint.cost.board;

/**
 * What the board or part costs, for design-space exploration.
 *
 * @param amount price of one
 * @param currency ISO 4217 code
 * @param date day of the price, ISO 8601
 * @param source where the price comes from
 */
public record Price(double amount, String currency, String date, Citation source) {}
