package dev.thumbprint.serve;

import dev.thumbprint.cost.board.Target;
import dev.thumbprint.cost.pricing.CostModel;
import java.util.OptionalDouble;

/**
 * What the options of a request ask for.
 *
 * @param target a board in one configuration
 * @param prices the cost model for it
 * @param periodMs one inference in so many ms, or empty
 */
public record Setting(Target target, CostModel prices, OptionalDouble periodMs) {}
