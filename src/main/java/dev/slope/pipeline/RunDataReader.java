package dev.slope.pipeline;

import dev.slope.config.DataConfig;
import dev.slope.config.DataSourceConfig;
import dev.slope.config.LoadedConfig;
import dev.slope.config.RunConfig;
import dev.slope.data.BlockStore;
import dev.slope.data.DataException;
import dev.slope.data.DataSource;
import dev.slope.data.DataSources;
import dev.slope.data.FloatMatrix;
import dev.slope.data.RowPart;
import dev.slope.data.RowParts;
import dev.slope.data.RowSplit;
import dev.slope.features.ColumnSelection;
import dev.slope.features.FittedLabels;
import dev.slope.features.LabelFitter;
import dev.slope.features.RowWeights;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads the sources of a run and splits the training source.
 *
 * <p>Values are checked where they are read, so that a message has the row's number in its source.
 * Whatever is learnt is learnt from the training rows alone: nothing that fits is given any other.
 */
final class RunDataReader {
  private final LoadedConfig loaded;
  private final RunConfig run;
  private final BlockStore store;
  private final Map<RowPart, Provenance.Data> origins = new EnumMap<>(RowPart.class);

  /**
   * A reader.
   *
   * @param store keeps the rows
   */
  RunDataReader(LoadedConfig loaded, BlockStore store) {
    this.loaded = loaded;
    this.store = store;
    this.run = loaded.run();
  }

  /** Reads everything. */
  RunData read() {
    DataConfig data = run.data();
    try (DataSource source = open(RowPart.TRAIN, data.train())) {
      String name = source.description();
      ColumnSelection selection = ColumnSelection.of(run, name, source.columns());
      FloatMatrix rows = source.readNumbers(selection.all(), store);
      origins.put(RowPart.TRAIN, new Provenance.Data(name, source.fingerprint()));
      checkValues(selection, rows, name);
      RowParts parts =
          RowSplit.of(
              data,
              source,
              rows.rows(),
              data.split().isStratified(run.model()) ? labelColumns(selection, rows) : null,
              run.seed());
      FloatMatrix training = parts.isSplit() ? parts.select(rows, RowPart.TRAIN, store) : rows;
      String trainingName = parts.isSplit() ? "the training rows of " + name : name;
      FloatMatrix weights = one(training, selection.weight());
      if (weights != null) {
        RowWeights.check(weights, trainingName);
      }
      FittedLabels labels = LabelFitter.fit(run, trainingName, labelColumns(selection, training));
      if (parts.isSplit()) {
        requireKnown(labels, labelColumns(selection, rows), name);
      }
      FloatMatrix truth = labels.encode(labelColumns(selection, training), name);
      RowWeights rowWeights = RowWeights.fit(run.model(), labels, truth, weights, trainingName);
      PartReader reader = new PartReader(selection, labels, rowWeights, store);
      RowsOfPart train = reader.part(RowPart.TRAIN, training, trainingName);
      return new RunData(
          name,
          rows.rows(),
          selection,
          labels,
          train,
          heldOut(RowPart.VALIDATION, data.validation(), parts, rows, reader, name),
          heldOut(RowPart.TEST, data.test(), parts, rows, reader, name),
          Map.copyOf(origins));
    }
  }

  private DataSource open(RowPart part, DataSourceConfig config) {
    return DataSources.open(config, loaded.directory(), part.sourceSeed(run.seed()), store);
  }

  /** Row by row what the model can't have; nothing is learnt. */
  private void checkValues(ColumnSelection selection, FloatMatrix rows, String name) {
    LabelFitter.check(run, name, labelColumns(selection, rows));
    FloatMatrix weights = one(rows, selection.weight());
    if (weights != null) {
      RowWeights.check(weights, name);
    }
  }

  private static void requireKnown(FittedLabels labels, FloatMatrix raw, String name) {
    try {
      labels.encode(raw, name);
    } catch (DataException e) {
      throw new DataException(
          e.getMessage()
              + ": no training row is of it; split otherwise (/data/split), or leave the class out",
          e);
    }
  }

  /** The rows of a part that a source of its own has, or that are split off; null without any. */
  private @Nullable RowsOfPart heldOut(
      RowPart part,
      @Nullable DataSourceConfig own,
      RowParts parts,
      FloatMatrix rows,
      PartReader reader,
      String name) {
    if (own != null) {
      try (DataSource source = open(part, own)) {
        FloatMatrix ownRows = source.readNumbers(reader.selection.all(), store);
        origins.put(part, new Provenance.Data(source.description(), source.fingerprint()));
        checkValues(reader.selection, ownRows, source.description());
        return reader.part(part, ownRows, source.description());
      }
    }
    return parts.rows(part) == 0
        ? null
        : reader.part(
            part, parts.select(rows, part, store), "the " + part.adjective() + " rows of " + name);
  }

  private static FloatMatrix labelColumns(ColumnSelection selection, FloatMatrix rows) {
    int from = selection.features().size();
    return rows.columns(from, from + selection.labels().size());
  }

  private static @Nullable FloatMatrix one(FloatMatrix rows, @Nullable String column) {
    if (column == null) {
      return null;
    }
    int index = rows.names().indexOf(column);
    return rows.columns(index, index + 1);
  }

  /**
   * Takes rows apart by what was learnt from the training rows.
   *
   * @param selection which columns are what
   * @param labels what the labels mean
   * @param rowWeights of the classes
   * @param store keeps the features
   */
  private record PartReader(
      ColumnSelection selection, FittedLabels labels, RowWeights rowWeights, BlockStore store) {

    RowsOfPart part(RowPart part, FloatMatrix rows, String name) {
      FloatMatrix truth = labels.encode(labelColumns(selection, rows), name);
      FloatMatrix weights = one(rows, selection.weight());
      if (weights != null) {
        RowWeights.check(weights, name);
      }
      return new RowsOfPart(
          part,
          rows.columns(0, selection.features().size(), store),
          truth,
          weights,
          rowWeights.of(truth, weights),
          one(rows, selection.offset()));
    }
  }
}
