package dev.thumbprint.cost.calibration;

import dev.thumbprint.cost.counts.CountTable;
import dev.thumbprint.cost.work.Activation;
import dev.thumbprint.cost.work.DataType;
import dev.thumbprint.cost.work.LayerWork;
import dev.thumbprint.cost.work.Live;
import dev.thumbprint.cost.work.Operator;
import dev.thumbprint.cost.work.Padding;
import dev.thumbprint.cost.work.Shape;
import dev.thumbprint.cost.work.Window;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A row of a table of counts: what one operator of one shape took on an emulated core.
 *
 * @param cells cells by the name of their column
 */
record CountedRow(Map<String, String> cells) {
  CountedRow {
    cells = Map.copyOf(cells);
  }

  /** The rows of a shipped table. */
  static List<CountedRow> read(String table) {
    return CountTable.rows(table).stream().map(CountedRow::new).toList();
  }

  /** A cell; empty where the table has no such column. */
  String get(String column) {
    return cells.getOrDefault(column, "");
  }

  boolean has(String column) {
    return !get(column).isEmpty();
  }

  double number(String column) {
    return Double.parseDouble(get(column));
  }

  /** The layer that was executed. */
  LayerWork layer() {
    Operator operator = Operator.valueOf(get("op"));
    boolean pooled = operator == Operator.AVERAGE_POOL_2D || operator == Operator.MAX_POOL_2D;
    Shape input = shape("input");
    Shape filter = pooled ? Shape.SCALAR : shape("filter");
    DataType in = inputType(operator);
    DataType out =
        switch (operator) {
          case QUANTIZE -> DataType.INT8;
          case DEQUANTIZE -> DataType.FLOAT32;
          default -> in;
        };
    LayerWork work =
        new LayerWork(
            operator,
            "",
            inputs(operator, input),
            filter,
            shape("output"),
            window(pooled ? 0 : 1),
            in,
            filter.rank() > 0 ? filterType(in) : in,
            out,
            Activation.NONE,
            filter.rank() > 0,
            filter.rank() == 4);
    if (get("path").equals(CountTable.ZEROS)) {
      return work.with(new Live(1, 0));
    }
    if (get("path").equals(CountTable.HALF_ZEROS)) {
      return work.with(Live.ALL.withZeros(0.5));
    }
    boolean narrow = has("detail") && get("detail").startsWith("state int8");
    return narrow ? work.withState(DataType.INT8) : work;
  }

  /** Further inputs stand in a column of their own, joined by {@code +}. */
  private List<Shape> inputs(Operator operator, Shape first) {
    List<Shape> inputs = new ArrayList<>(List.of(first));
    if (operator == Operator.ADD || operator == Operator.MUL) {
      inputs.add(first);
    }
    if (has("input2")) {
      for (String further : get("input2").split("\\+")) {
        inputs.add(parse(further));
      }
    }
    return inputs;
  }

  /** Tables of 4-bit kernels name the type of the weights: their tensors are int8. */
  private DataType inputType(Operator operator) {
    boolean named = operator != Operator.DEQUANTIZE && has("type") && !isFourBit();
    return named ? DataType.valueOf(get("type").toUpperCase(Locale.ROOT)) : DataType.INT8;
  }

  /** Weights beside tensors of 16 bits have 8 (specification of the TFLite quantisation). */
  private DataType filterType(DataType in) {
    if (isFourBit()) {
      return DataType.INT4;
    }
    return in == DataType.INT16 ? DataType.INT8 : in;
  }

  private boolean isFourBit() {
    return get("type").equals("int4");
  }

  private Window window(int first) {
    if (!has("stride")) {
      return Window.NONE;
    }
    Shape stride = shape("stride");
    Shape extent = shape("filter");
    Shape dilation = has("dilation") ? shape("dilation") : Shape.of(1, 1);
    return new Window(
        extent.dim(first),
        extent.dim(first + 1),
        stride.dim(0),
        stride.dim(1),
        dilation.dim(0),
        dilation.dim(1),
        Padding.valueOf(get("padding")));
  }

  private Shape shape(String column) {
    return parse(get(column));
  }

  private static Shape parse(String text) {
    if (text.isEmpty()) {
      return Shape.SCALAR;
    }
    String[] parts = text.split("x", -1);
    int[] dims = new int[parts.length];
    for (int i = 0; i < dims.length; i++) {
      dims[i] = Integer.parseInt(parts[i]);
    }
    return Shape.of(dims);
  }
}
