package dev.thumbprint.validate;

import dev.thumbprint.cost.board.Board;
import dev.thumbprint.cost.calibration.BoardFit;
import dev.thumbprint.recorded.Groups;
import dev.thumbprint.recorded.RecordedNetwork;
import dev.thumbprint.recorded.Recording;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Rows of one board out of a file of recordings, ready to be fitted.
 *
 * @param rows rows that the model can be fitted to
 * @param refused by the reason how many rows could not be used
 */
public record OwnRows(List<BoardFit.Row> rows, Map<String, Integer> refused) {
  public OwnRows {
    rows = List.copyOf(rows);
    refused = Collections.unmodifiableMap(new LinkedHashMap<>(refused));
  }

  /**
   * Resolves the rows.
   *
   * @param damaged what is wrong with rows that were damaged in their file
   * @param networks operator lists that the rows name
   * @param board description of the board
   * @param names names that the rows call it by
   */
  public static OwnRows of(
      List<Recording> recordings,
      Map<Recording, String> damaged,
      Map<String, RecordedNetwork> networks,
      Board board,
      Set<String> names) {
    Samples samples = new Samples(networks, damaged).withBoard(board, names);
    List<BoardFit.Row> rows = new ArrayList<>();
    Map<String, Integer> refused = new LinkedHashMap<>();
    for (Recording recording : recordings) {
      if (!damaged.containsKey(recording) && !names.contains(recording.setting().boardId())) {
        refused.merge("another board", 1, Integer::sum);
        continue;
      }
      try {
        rows.add(new BoardFit.Row(samples.of(recording), group(recording)));
      } catch (Refused reason) {
        refused.merge(String.valueOf(reason.getMessage()), 1, Integer::sum);
      }
    }
    return new OwnRows(rows, refused);
  }

  /** Layers of one network, or of one shape where none is named, are left out together. */
  private static String group(Recording recording) {
    String network = Groups.network(recording);
    return network.isEmpty() ? Groups.shape(recording) : network;
  }
}
