package dev.thumbprint.explore.pareto;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;

/**
 * The Pareto front of a stream of outcomes, and the dominated outcomes that cannot be told apart
 * from it. Memory is bounded by the front and by {@link #LISTED_MAX}, not by the stream. The result
 * depends on the order of the stream in one respect only: an outcome is told apart by those that
 * were on the front when it came or came to it later.
 *
 * @param <T> the designs
 */
public final class Front<T> implements Serializable {
  private static final long serialVersionUID = 1L;

  /** Outcomes that are kept as not separable; more are only counted. */
  public static final int LISTED_MAX = 5_000;

  private final ArrayList<Outcome<T>> members = new ArrayList<>();

  /** Outcomes that were on the front and still tell others apart. */
  private final ArrayList<Outcome<T>> former = new ArrayList<>();

  private ArrayList<Outcome<T>> unclear = new ArrayList<>();
  private long unlisted;

  /** The front of a list. */
  public static <T> Front<T> of(Iterable<Outcome<T>> outcomes) {
    Front<T> front = new Front<>();
    outcomes.forEach(front::add);
    return front;
  }

  /** Takes the next outcome of the stream. */
  public void add(Outcome<T> outcome) {
    boolean dominated = false;
    for (int i = 0; i < members.size(); i++) {
      Outcome<T> member = members.get(i);
      if (Dominance.dominates(member, outcome)) {
        dominated = true;
        if (Dominance.surely(member, outcome)) {
          // What told one apart will tell its neighbours apart: look there first.
          Collections.swap(members, 0, i);
          return;
        }
      }
    }
    if (dominated) {
      keepUnclear(outcome);
      return;
    }
    members.removeIf(
        member -> {
          boolean beaten = Dominance.dominates(outcome, member);
          if (beaten) {
            former.add(member);
            if (!Dominance.surely(outcome, member)) {
              unclear.add(member);
            }
          }
          return beaten;
        });
    members.add(outcome);
  }

  /** Takes the outcomes of a later part of the stream, as if they came one by one. */
  public void merge(Front<T> later) {
    List<Outcome<T>> all = new ArrayList<>(later.members);
    all.addAll(later.former);
    all.sort(Comparator.comparingLong(Outcome::id));
    all.forEach(this::add);
    later.unclear.stream()
        .filter(outcome -> !later.former.contains(outcome))
        .forEach(this::keepUnclear);
    unlisted += later.unlisted;
  }

  /** The outcomes that no other dominates, best first coordinate first. */
  public List<Outcome<T>> members() {
    return members.stream().sorted(byFirstCoordinate()).toList();
  }

  /** Dominated outcomes whose dominance the intervals do not support, in the same order. */
  public List<Outcome<T>> notSeparable() {
    prune();
    return unclear.stream().sorted(byFirstCoordinate()).toList();
  }

  /** Outcomes that may not be separable either and were not kept: there were too many. */
  public long unlisted() {
    return unlisted;
  }

  private Comparator<Outcome<T>> byFirstCoordinate() {
    return Comparator.<Outcome<T>>comparingDouble(outcome -> outcome.value(0))
        .thenComparingLong(Outcome::id);
  }

  private void keepUnclear(Outcome<T> outcome) {
    if (toldApart(outcome)) {
      return;
    }
    if (unclear.size() >= 2 * LISTED_MAX) {
      prune();
    }
    if (unclear.size() >= 2 * LISTED_MAX) {
      unlisted += unclear.size() - LISTED_MAX;
      unclear.subList(LISTED_MAX, unclear.size()).clear();
    }
    unclear.add(outcome);
  }

  private boolean toldApart(Outcome<T> outcome) {
    return members.stream().anyMatch(member -> Dominance.surely(member, outcome))
        || former.stream().anyMatch(member -> Dominance.surely(member, outcome));
  }

  private void prune() {
    ArrayList<Outcome<T>> left = new ArrayList<>();
    for (Outcome<T> outcome : unclear) {
      if (!toldApart(outcome)) {
        left.add(outcome);
      }
    }
    unclear = left;
    if (unclear.size() > 2 * LISTED_MAX) {
      unlisted += unclear.size() - LISTED_MAX;
      unclear.subList(LISTED_MAX, unclear.size()).clear();
    }
  }
}
