package dev.thumbprint.run;

import dev.thumbprint.model.Graph;
import dev.thumbprint.model.InputException;
import dev.thumbprint.model.Tensor;
import dev.thumbprint.model.TfliteReader;
import dev.thumbprint.run.operators.OperatorTable;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.zip.CRC32;

/**
 * One random layer with the inputs of a few inferences in a row, and what an interpreter made of
 * them. States carry over from one inference to the next.
 *
 * @param model the .tflite file
 * @param inputs all inputs of an inference one after another, for each inference
 */
@SuppressWarnings("ArrayRecordComponent") // compared by checksum only
record RuntimeCase(byte[] model, List<byte[]> inputs) {
  /** Random, all lowest, all highest, both mixed. */
  static final int INFERENCES = 4;

  /** What came of an inference. */
  enum Status {
    DONE(0),
    /** A streaming operator waits for more input. */
    ABORTED(1),
    REFUSED(2);

    private final int digit;

    Status(int digit) {
      this.digit = digit;
    }
  }

  /** Status and, where it is done, the bytes of all outputs one after another. */
  @SuppressWarnings("ArrayRecordComponent") // compared by checksum only
  record Answer(Status status, byte[] outputs) {
    private static final byte[] NOTHING = {};

    static Answer without(Status status) {
      return new Answer(status, NOTHING);
    }

    void digest(CRC32 crc) {
      crc.update(status.digit);
      crc.update(outputs);
    }
  }

  /** How the numbers of a seed begin. */
  enum Draw {
    /** As Java's generator has it: of small neighbouring seeds nearly alike. */
    NEAR(""),
    /** Of seeds far apart. */
    SPREAD("s");

    private final String mark;

    Draw(String mark) {
      this.mark = mark;
    }

    /** What stands before a seed in the figures. */
    String mark() {
      return mark;
    }

    private Random random(int seed) {
      return this == NEAR ? new Random(seed) : Oracle.random(seed);
    }
  }

  /** The case of a seed. */
  static RuntimeCase of(Layers.Kind kind, Draw numbers, int seed) {
    RandomTensors draw = new RandomTensors(numbers.random(seed));
    byte[] model = kind.maker().apply(draw).bytes();
    Graph graph = read(model);
    List<byte[]> inputs = new ArrayList<>();
    for (int inference = 0; inference < INFERENCES; inference++) {
      ByteArrayOutputStream all = new ByteArrayOutputStream();
      for (int index : graph.main().inputs()) {
        Tensor input = graph.main().tensor(index);
        all.writeBytes(draw.contents(input.type(), input.shape().elements(), inference));
      }
      inputs.add(all.toByteArray());
    }
    return new RuntimeCase(model, inputs);
  }

  private static Graph read(byte[] model) {
    return TfliteReader.read(ByteBuffer.wrap(model), "layer", "random layer");
  }

  void digest(CRC32 crc) {
    crc.update(model);
    inputs.forEach(crc::update);
  }

  /** Runs the case here. */
  List<Answer> run(RunOptions options) {
    List<Answer> answers = new ArrayList<>();
    try {
      Interpreter run = OperatorTable.prepare(read(model), options).interpreter();
      for (byte[] given : inputs) {
        answers.add(invoke(run, given));
      }
    } catch (InputException refused) {
      answers.add(Answer.without(Status.REFUSED));
    }
    return answers;
  }

  private static Answer invoke(Interpreter run, byte[] given) {
    int at = 0;
    for (int i = 0; i < run.inputs(); i++) {
      run.setInput(i, ByteBuffer.wrap(given, at, run.inputBytes(i)).slice());
      at += run.inputBytes(i);
    }
    try {
      run.invoke();
    } catch (InputException refused) {
      return Answer.without(Status.REFUSED);
    }
    if (!run.completed()) {
      return Answer.without(Status.ABORTED);
    }
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (int i = 0; i < run.outputs(); i++) {
      all.writeBytes(run.outputBytes(i));
    }
    return new Answer(Status.DONE, all.toByteArray());
  }
}
