package dev.thumbprint.cluster;

import dev.thumbprint.explore.engine.PointTable;
import dev.thumbprint.explore.space.Measure;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.Metadata;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** Rows of designs as Parquet has them: the columns of the CSV, numbers as numbers. */
final class ParquetRows implements FlatMapFunction<PartResult, Row>, Serializable {
  private static final long serialVersionUID = 1L;
  private static final Set<String> WHOLE = Set.of("point", "clock_hz", "wait_states");
  private static final Set<String> REAL = real();

  private static Set<String> real() {
    Set<String> real =
        Measure.all().stream().map(Measure::column).collect(Collectors.toSet());
    for (Measure measure : Measure.all()) {
      real.add(measure.column() + "_low");
      real.add(measure.column() + "_high");
    }
    real.add("supply_v");
    real.add("period_s");
    return real;
  }

  /** The columns with their types. */
  static StructType schema() {
    List<StructField> fields = new ArrayList<>();
    for (String column : PointTable.columns()) {
      fields.add(new StructField(column, type(column), true, Metadata.empty()));
    }
    return new StructType(fields.toArray(StructField[]::new));
  }

  private static DataType type(String column) {
    if (WHOLE.contains(column)) {
      return DataTypes.LongType;
    }
    return REAL.contains(column) ? DataTypes.DoubleType : DataTypes.StringType;
  }

  @Override
  public Iterator<Row> call(PartResult result) {
    return new String(result.text(), StandardCharsets.UTF_8).lines().map(ParquetRows::row).iterator();
  }

  private static Row row(String line) {
    List<String> columns = PointTable.columns();
    List<String> cells = PointTable.split(line);
    Object[] values = new Object[cells.size()];
    for (int i = 0; i < values.length; i++) {
      String cell = cells.get(i);
      DataType type = type(columns.get(i));
      if (type.equals(DataTypes.StringType)) {
        values[i] = cell;
      } else if (!cell.isEmpty()) {
        // Not a conditional expression: that would make a double of both.
        if (type.equals(DataTypes.LongType)) {
          values[i] = Long.valueOf(cell);
        } else {
          values[i] = Double.valueOf(cell);
        }
      }
    }
    return RowFactory.create(values);
  }
}
