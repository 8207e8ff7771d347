package dev.thumbprint.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.thumbprint.model.zoo.Zoo;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Damaged files either still read, or give the one exception for bad input; never anything else.
 * What reads must also lower to layer work. The seed of a failure is in its message.
 */
class DamagedModelTest {
  /** Default number of damaged files per kind; the wide suite asks for more. */
  private static final int ROUNDS = Integer.getInteger("thumbprint.fuzz.rounds", 3_000);

  /** Generous: a hang is what this is for, not speed. */
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  private static byte[][] originals;

  /** Ways to damage a file. */
  enum Damage {
    TRUNCATION {
      @Override
      byte[] apply(byte[] file, byte[] other, Random random) {
        return Arrays.copyOf(file, random.nextInt(file.length));
      }
    },
    BIT_FLIPS {
      @Override
      byte[] apply(byte[] file, byte[] other, Random random) {
        for (int i = random.nextInt(8); i >= 0; i--) {
          file[random.nextInt(file.length)] ^= (byte) (1 << random.nextInt(8));
        }
        return file;
      }
    },
    /** Most of a model is weights; damage near either end meets tables, shapes and offsets. */
    TABLE_BYTES {
      @Override
      byte[] apply(byte[] file, byte[] other, Random random) {
        for (int i = random.nextInt(6); i >= 0; i--) {
          int near = random.nextInt(Math.min(file.length, 6_000));
          file[random.nextBoolean() ? near : file.length - 1 - near] = (byte) random.nextInt();
        }
        return file;
      }
    },
    SPLICE {
      @Override
      byte[] apply(byte[] file, byte[] other, Random random) {
        int length = 1 + random.nextInt(Math.min(file.length, other.length) - 1);
        int from = random.nextInt(other.length - length + 1);
        System.arraycopy(other, from, file, random.nextInt(file.length - length + 1), length);
        return file;
      }
    },
    /** Whole words: the numbers that counts, offsets, shapes and strides are made of. */
    EXTREME_WORDS {
      @Override
      byte[] apply(byte[] file, byte[] other, Random random) {
        int[] words = {0, 1, -1, 4, Integer.MAX_VALUE, Integer.MIN_VALUE, 0x7FFF, 0x10000, 1 << 29};
        ByteBuffer buffer = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = random.nextInt(3); i >= 0; i--) {
          int near = random.nextInt(Math.min(file.length, 6_000)) & ~3;
          int at = random.nextBoolean() ? near : (file.length - 4 - near) & ~3;
          buffer.putInt(Math.max(at, 0), words[random.nextInt(words.length)]);
        }
        return file;
      }
    };

    abstract byte[] apply(byte[] file, byte[] other, Random random);
  }

  @BeforeAll
  static void writeOriginals() {
    originals =
        new byte[][] {
          TfliteWriter.bytes(Zoo.graph("lenet")),
          TfliteWriter.bytes(Zoo.graph("sww")),
          TfliteWriter.bytes(Zoo.graph("conv:5x5x3,4,3x3")),
          EveryOperator.graph().bytes(),
        };
  }

  @ParameterizedTest
  @EnumSource(Damage.class)
  void shouldReadOrRefuse(Damage damage) {
    int[] refused = new int[1];
    assertTimeoutPreemptively(
        PATIENCE,
        () -> {
          for (int seed = 0; seed < ROUNDS; seed++) {
            refused[0] += refuses(damage, seed) ? 1 : 0;
          }
        });
    assertThat(refused[0]).as("damage that is noticed").isPositive();
  }

  @Test
  void shouldRefuseEveryPrefixOfASmallModel() {
    byte[] file = originals[2];
    for (int length = 0; length < file.length; length++) {
      assertThat(refuses(Arrays.copyOf(file, length), "prefix of " + length)).isTrue();
    }
  }

  private static boolean refuses(Damage damage, int seed) {
    Random random = new Random(seed);
    byte[] file = originals[random.nextInt(originals.length)].clone();
    byte[] other = originals[random.nextInt(originals.length)];
    return refuses(damage.apply(file, other, random), damage + " of seed " + seed);
  }

  private static boolean refuses(byte[] file, String what) {
    try {
      Graph graph = TfliteReader.read(ByteBuffer.wrap(file), "damaged", "damaged.tflite");
      Lowering.network(graph).macs();
      return false;
    } catch (InputException expected) {
      assertThat(expected.getMessage()).as(what).startsWith("damaged.tflite: ");
      assertThat(expected.getMessage().length()).as(what).isLessThan(2_000);
      return true;
    } catch (RuntimeException | Error bug) {
      return fail(what + " gives " + bug, bug);
    }
  }
}
