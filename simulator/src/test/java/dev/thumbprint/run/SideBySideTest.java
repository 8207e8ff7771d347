package dev.thumbprint.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thumbprint.model.zoo.Zoo;
import dev.thumbprint.run.operators.OperatorTable;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** Several models on several threads, tiers mixed, compute what each computes alone. */
final class SideBySideTest {
  private static final List<String> MODELS = List.of("kws", "sww", "lenet", "ad");
  private static final int THREADS = 8;
  private static final int INFERENCES = 4;

  private static byte[] outputs(Program program, int seed) {
    Interpreter run = program.interpreter();
    Random random = new Random(seed);
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (int inference = 0; inference < INFERENCES; inference++) {
      byte[] input = new byte[run.inputBytes(0)];
      random.nextBytes(input);
      run.setInput(0, input);
      run.invoke();
      all.writeBytes(run.outputBytes(0));
    }
    return all.toByteArray();
  }

  @Test
  void modelsAndThreadsDoNotTouchEachOther() throws Exception {
    List<byte[]> alone = new ArrayList<>();
    List<Callable<byte[]>> work = new ArrayList<>();
    for (String model : MODELS) {
      for (Tier tier : Tier.values()) {
        RunOptions options = RunOptions.defaults().with(tier.kernels());
        Program program = OperatorTable.prepare(Zoo.graph(model), options);
        for (int seed = 0; seed < 3; seed++) {
          int drawn = seed;
          alone.add(outputs(program, drawn));
          work.add(() -> outputs(program, drawn));
        }
      }
    }
    try (ExecutorService pool = Executors.newFixedThreadPool(THREADS)) {
      List<Future<byte[]>> together = pool.invokeAll(work);
      for (int i = 0; i < work.size(); i++) {
        assertThat(together.get(i).get())
            .as("%s, work %d", MODELS.get(i * MODELS.size() / work.size()), i)
            .isEqualTo(alone.get(i));
      }
    }
  }
}
