package dev.thumbprint.memory;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The greedy planner against a slow restatement of its rule, and the properties of any plan. */
class GreedyPlannerTest {
  private static final int UNIT = 16;

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
  void shouldPlaceAsTheSlowRestatement(long seed) {
    Random random = new Random(seed);
    for (int round = 0; round < 100; round++) {
      List<BufferRequest> requests = randomRequests(random, 1 + random.nextInt(40), true);
      assertThat(GreedyPlanner.offsets(requests))
          .as("seed %d round %d: %s", seed, round, requests)
          .isEqualTo(slowly(requests));
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {11, 12, 13})
  void shouldNeverOverlapLiveBuffersAndKeepAlignment(long seed) {
    Random random = new Random(seed);
    List<BufferRequest> requests = randomRequests(random, 500, false);
    long[] offsets = GreedyPlanner.offsets(requests);
    long height = GreedyPlanner.height(requests, offsets);
    for (int i = 0; i < offsets.length; i++) {
      BufferRequest a = requests.get(i);
      assertThat(offsets[i] % UNIT).isZero();
      assertThat(offsets[i] + a.bytes()).isLessThanOrEqualTo(height);
      for (int j = 0; j < i; j++) {
        BufferRequest b = requests.get(j);
        if (a.overlapsInTime(b)) {
          assertThat(offsets[i] + a.bytes() <= offsets[j] || offsets[j] + b.bytes() <= offsets[i])
              .as("seed %d: %s at %d, %s at %d", seed, a, offsets[i], b, offsets[j])
              .isTrue();
        }
      }
    }
  }

  @Test
  void shouldPlaceTheLaterOfEqualSizesFirst() {
    List<BufferRequest> requests =
        List.of(BufferRequest.online(32, 0, 1), BufferRequest.online(32, 1, 2));
    assertThat(GreedyPlanner.offsets(requests)).containsExactly(32, 0);
  }

  @Test
  void shouldKeepPrescribedOffsetsAndFillTheGapsBetween() {
    List<BufferRequest> requests =
        List.of(
            BufferRequest.online(32, 0, 9),
            new BufferRequest(16, 0, 9, 64),
            BufferRequest.online(80, 0, 9),
            new BufferRequest(16, 0, 9, 0));
    // Prescribed: 0..16 and 64..80. 80 bytes find no gap below 80; 32 bytes fit at 16.
    assertThat(GreedyPlanner.offsets(requests)).containsExactly(16, 64, 80, 0);
  }

  @Test
  void shouldReuseThePlaceOfADeadBuffer() {
    List<BufferRequest> requests =
        List.of(
            BufferRequest.online(64, 0, 1),
            BufferRequest.online(48, 1, 2),
            BufferRequest.online(64, 2, 3));
    assertThat(GreedyPlanner.offsets(requests)).containsExactly(0, 64, 0);
    assertThat(GreedyPlanner.height(requests, GreedyPlanner.offsets(requests))).isEqualTo(112);
  }

  @Test
  void shouldPlanNothing() {
    assertThat(GreedyPlanner.offsets(List.of())).isEmpty();
    assertThat(GreedyPlanner.height(List.of(), new long[0])).isZero();
  }

  private static List<BufferRequest> randomRequests(Random random, int count, boolean offline) {
    List<BufferRequest> requests = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      long bytes = (long) UNIT * random.nextInt(8);
      int first = random.nextInt(20);
      int last = first + random.nextInt(5);
      long offset =
          offline && random.nextInt(10) == 0
              ? (long) UNIT * random.nextInt(30)
              : BufferRequest.ONLINE;
      requests.add(new BufferRequest(bytes, first, last, offset));
    }
    return requests;
  }

  /**
   * Picks the largest buffer that is left, the last of equal ones, and tries every multiple of 16
   * from 0 on until nothing that is alive at the same time is in the way.
   */
  private static long[] slowly(List<BufferRequest> requests) {
    long[] offsets = new long[requests.size()];
    List<Integer> placed = new ArrayList<>();
    List<Integer> left = new ArrayList<>();
    for (int i = 0; i < requests.size(); i++) {
      if (requests.get(i).offlineOffset() == BufferRequest.ONLINE) {
        left.add(i);
      } else {
        offsets[i] = requests.get(i).offlineOffset();
        placed.add(i);
      }
    }
    while (!left.isEmpty()) {
      Integer best = left.getFirst();
      for (Integer candidate : left) {
        if (requests.get(candidate).bytes() >= requests.get(best).bytes()) {
          best = candidate;
        }
      }
      left.remove(best);
      while (inTheWay(requests, offsets, placed, best)) {
        offsets[best] += UNIT;
      }
      placed.add(best);
    }
    return offsets;
  }

  private static boolean inTheWay(
      List<BufferRequest> requests, long[] offsets, List<Integer> placed, int wanted) {
    BufferRequest a = requests.get(wanted);
    for (int other : placed) {
      BufferRequest b = requests.get(other);
      boolean together = a.first() <= b.last() && b.first() <= a.last();
      boolean collide =
          offsets[wanted] < offsets[other] + b.bytes()
              && offsets[other] < offsets[wanted] + a.bytes();
      if (together && collide) {
        return true;
      }
    }
    return false;
  }
}
