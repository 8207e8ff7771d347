package dev.thumbprint.study;

import dev.thumbprint.cost.Estimate;
import dev.thumbprint.cost.Source;
import dev.thumbprint.model.Graph;
import dev.thumbprint.model.Lowering;
import dev.thumbprint.profile.Subject;
import dev.thumbprint.report.Numbers;
import dev.thumbprint.study.Setup.Kernels;
import dev.thumbprint.study.Setup.StudyBoard;
import dev.thumbprint.study.radio.RadioChart;
import dev.thumbprint.study.radio.RadioChoice;
import dev.thumbprint.study.radio.RadioChoice.Better;
import dev.thumbprint.study.radio.RadioComparison;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/** Sending the input of LeNet against computing on the node. */
final class RadioCrossover {
  private RadioCrossover() {}

  static void run(Lab lab, Outcome.Builder outcome) {
    List<Check> umtsRecorded = new ArrayList<>();
    List<Check> umtsSimulated = new ArrayList<>();
    List<Check> bluetoothRecorded = new ArrayList<>();
    List<Check> bluetoothSimulated = new ArrayList<>();
    List<List<String>> rows = new ArrayList<>();
    Graph graph = lab.graph(StudyNetwork.LENET_INT8);
    Subject subject = new Subject(Lowering.network(graph), Optional.of(graph));
    for (StudyBoard board : StudyBoard.values()) {
      Setup setup = Setup.fast(board, Kernels.CMSIS_NN);
      RadioComparison comparison = RadioComparison.of(subject, lab.target(setup));
      OptionalDouble recorded = lab.energyUj(StudyNetwork.LENET_INT8, setup);
      outcome.compare(
          new Comparison(
              "LeNet int8 computed on " + board, "uJ", recorded, comparison.computeUj()));
      for (RadioChoice choice : comparison.choices()) {
        Optional<RadioChoice> measured =
            recorded.isPresent()
                ? Optional.of(
                    new RadioChoice(
                        choice.radio(),
                        choice.inputBytes(),
                        choice.resultBytes(),
                        Estimate.exact(recorded.getAsDouble(), Source.CALIBRATED)))
                : Optional.empty();
        rows.add(
            List.of(
                "%s, %s".formatted(board, choice.radio().name()),
                Numbers.significant(choice.sendLowUj())
                    + " .. "
                    + Numbers.significant(choice.sendHighUj()),
                Numbers.significant(choice.computeUj().value()),
                measured.map(one -> one.better().toString()).orElse(""),
                choice.better().toString(),
                Numbers.significant(choice.crossoverBytesLeast())
                    + " .. "
                    + Numbers.significant(choice.crossoverBytesMost())));
        switch (choice.radio().name()) {
          case "UMTS" ->
              judge(board, measured, choice, Better.COMPUTE, umtsRecorded, umtsSimulated);
          case "BT 5" ->
              judge(board, measured, choice, Better.SEND, bluetoothRecorded, bluetoothSimulated);
          default -> {}
        }
      }
      if (board == StudyBoard.L4) {
        outcome.plot("radio", "Sending against computing", RadioChart.render(comparison));
      }
    }
    outcome.state(
        "umts",
        "By UMTS, sending LeNet's input takes more energy than computing it, whatever the setting",
        umtsRecorded,
        umtsSimulated);
    outcome.state(
        "bt5",
        "By BT 5, sending it takes less, whatever the setting",
        bluetoothRecorded,
        bluetoothSimulated);
    outcome.sheet(
        "LeNet int8, CMSIS-NN, -Ofast: 1,024 bytes of input",
        List.of(
            "board, link",
            "sending, uJ",
            "computing, uJ",
            "better, recorded",
            "better, simulated",
            "computing pays from, bytes"),
        rows);
    outcome.note("The same for any model: ./thumbprint radio MODEL -b BOARD.");
  }

  private static void judge(
      StudyBoard board,
      Optional<RadioChoice> measured,
      RadioChoice simulated,
      Better wanted,
      List<Check> recordedChecks,
      List<Check> simulatedChecks) {
    measured.ifPresent(
        one ->
            recordedChecks.add(
                new Check(board.name(), one.better().toString(), one.better() == wanted)));
    simulatedChecks.add(
        new Check(board.name(), simulated.better().toString(), simulated.better() == wanted));
  }
}
