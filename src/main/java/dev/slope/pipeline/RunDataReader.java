package dev.slope.pipeline;

import dev.slope.config.DataConfig;
import dev.slope.config.DataSourceConfig;
import dev.slope.config.LoadedConfig;
import dev.slope.config.RunConfig;
import dev.slope.data.BlockStore;
import dev.slope.data.CodedColumn;
import dev.slope.data.CodedRows;
import dev.slope.data.DataException;
import dev.slope.data.DataSource;
import dev.slope.data.DataSources;
import dev.slope.data.FloatMatrix;
import dev.slope.data.RowFolds;
import dev.slope.data.RowPart;
import dev.slope.data.RowParts;
import dev.slope.data.RowSplit;
import dev.slope.data.SpreadRows;
import dev.slope.features.ColumnSelection;
import dev.slope.features.DroppedRows;
import dev.slope.features.FeatureCoder;
import dev.slope.features.FeatureFitter;
import dev.slope.features.FittedFeatures;
import dev.slope.features.FittedLabels;
import dev.slope.features.LabelFitter;
import dev.slope.features.LabelledRows;
import dev.slope.features.RowWeights;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads the sources of a run, splits the training source, and learns what its columns mean.
 *
 * <p>Values are checked where they are read, so that a message has the row's number in its source.
 * Whatever is learnt is learnt from the training rows alone: nothing that fits is given any other.
 */
final class RunDataReader {
  private final LoadedConfig loaded;
  private final RunConfig run;
  private final BlockStore store;
  private final @Nullable CurrentVersion current;
  private final boolean once;
  private final Map<RowPart, Provenance.Data> origins = new EnumMap<>(RowPart.class);
  private final List<String> warnings = new ArrayList<>();

  // What it takes to learn again; of a reader that learns once, nothing.

  /** What was read of the sources that validation and test rows have of their own. */
  private final Map<RowPart, OwnRows> ownRows = new EnumMap<>(RowPart.class);

  private @Nullable ReadRows readRows;
  private @Nullable Learnt learnt;

  /**
   * Rows that were read and that nothing is learnt from yet but which columns are of use.
   *
   * @param name what messages call the training source
   * @param rows all of it
   * @param labelled which of them have their labels
   * @param selection the columns that are used
   * @param parts which rows train, validate and test
   */
  private record ReadRows(
      String name,
      CodedRows rows,
      LabelledRows labelled,
      ColumnSelection selection,
      RowParts parts) {}

  private record OwnRows(String name, CodedRows rows) {}

  private RunDataReader(
      LoadedConfig loaded, BlockStore store, @Nullable CurrentVersion current, boolean once) {
    this.loaded = loaded;
    this.store = store;
    this.current = current;
    this.once = once;
    this.run = loaded.run();
  }

  /**
   * A reader that learns once: the rows as they were read aren't kept.
   *
   * @param store keeps the rows
   * @param current a version that will predict the rows that measure, too; null for none
   */
  static RunDataReader once(
      LoadedConfig loaded, BlockStore store, @Nullable CurrentVersion current) {
    return new RunDataReader(loaded, store, current, true);
  }

  /**
   * A reader that can learn again, from some of the rows.
   *
   * @param store keeps the rows
   */
  static RunDataReader again(LoadedConfig loaded, BlockStore store) {
    return new RunDataReader(loaded, store, null, false);
  }

  /** Reads everything. */
  RunData read() {
    DataConfig data = run.data();
    try (DataSource source = open(RowPart.TRAIN, data.train())) {
      ColumnSelection wanted = ColumnSelection.of(run, source.description(), source.columns());
      source.hashAhead();
      return learn(source, wanted, read(RowPart.TRAIN, source, wanted));
    }
  }

  /**
   * Splits the training source's rows and learns from those that train.
   *
   * @param wanted the columns that the config asks for
   */
  private RunData learn(DataSource source, ColumnSelection wanted, CodedRows rows) {
    DataConfig data = run.data();
    String name = source.description();
    LabelledRows labelled = LabelledRows.of(rows, run.label(), name);
    warnOfLabels(labelled, name);
    RowParts allParts = split(source, wanted, rows);
    RowParts labelledParts =
        labelled.missing() == 0 ? allParts : allParts.without(row -> !labelled.has(row));
    CodedRows labelledTraining = select(rows, labelledParts, RowPart.TRAIN);
    ColumnSelection selection = looked(wanted, labelledTraining);
    RowParts parts = withoutDropped(labelledParts, selection, rows, name);
    CodedRows training =
        parts == labelledParts ? labelledTraining : select(rows, parts, RowPart.TRAIN);
    ReadRows read = new ReadRows(name, rows, labelled, selection, parts);
    PartReader reader = learn(read, parts, training);
    if (!once) {
      readRows = read;
      learnt = new Learnt(read, parts, reader);
    }
    warnOfConstants(selection, training);
    SpreadRows measured = measured(training);
    CodedRows head = head(training, measured);
    RowsOfPart train = reader.part(RowPart.TRAIN, training, trainingName(read, parts));
    RowsOfPart validation =
        heldOut(RowPart.VALIDATION, data.validation(), parts, rows, reader, name);
    RowsOfPart test = heldOut(RowPart.TEST, data.test(), parts, rows, reader, name);
    origins.put(RowPart.TRAIN, origin(source));
    return new RunData(
        name,
        rows.rows(),
        reader.features(),
        reader.labels(),
        head,
        selection.offset(),
        train,
        train.of(measured, store),
        validation,
        test,
        Map.copyOf(origins),
        List.copyOf(warnings));
  }

  /**
   * Cuts the training rows into folds.
   *
   * @param count how many
   * @param stratified whether each class is spread over them on its own
   * @param seed that draws them
   * @throws DataException where there are fewer rows than folds
   */
  RowFolds folds(int count, boolean stratified, long seed) {
    ReadRows read = read(readRows);
    return RowFolds.draw(
        read.parts(),
        count,
        stratified ? one(read.rows(), read.selection().labels().get(0)) : null,
        seed);
  }

  /**
   * Learns anew from some of the rows that {@link #read} read: of the others nothing is known to
   * what learns.
   *
   * @param parts which of them train, validate and test
   * @param own keeps the rows while they are learnt from
   */
  Learnt learnFrom(RowParts parts, BlockStore own) {
    ReadRows read = read(readRows);
    return new Learnt(
        read, parts, learn(read, parts, select(read.rows(), parts, RowPart.TRAIN, own)));
  }

  /** What was learnt from some of the rows, and how all of them look to it. */
  final class Learnt {
    private final ReadRows read;
    private final RowParts parts;
    private final PartReader reader;

    private Learnt(ReadRows read, RowParts parts, PartReader reader) {
      this.read = read;
      this.parts = parts;
      this.reader = reader;
    }

    FittedFeatures features() {
      return reader.features();
    }

    FittedLabels labels() {
      return reader.labels();
    }

    RowWeights rowWeights() {
      return reader.rowWeights();
    }

    /** The rows that test. */
    RowsOfPart heldOut(BlockStore own) {
      return reader
          .with(own)
          .part(
              RowPart.TEST,
              select(read.rows(), parts, RowPart.TEST, own),
              "the held-out rows of " + read.name());
    }

    /**
     * The rows that train, and those that validate.
     *
     * @param watched whether the latter are wanted
     */
    RunData data(BlockStore own, boolean watched) {
      CodedRows training = select(read.rows(), parts, RowPart.TRAIN, own);
      PartReader into = reader.with(own);
      RowsOfPart train = into.part(RowPart.TRAIN, training, trainingName(read, parts));
      return new RunData(
          read.name(),
          read.rows().rows(),
          reader.features(),
          reader.labels(),
          head(training, new SpreadRows(training.rows(), training.rows())),
          read.selection().offset(),
          train,
          train,
          watched ? validation(into, own) : null,
          null,
          Map.of(),
          List.of());
    }

    private @Nullable RowsOfPart validation(PartReader into, BlockStore own) {
      OwnRows ofSource = ownRows.get(RowPart.VALIDATION);
      if (ofSource != null) {
        return into.part(RowPart.VALIDATION, ofSource.rows(), ofSource.name());
      }
      return parts.rows(RowPart.VALIDATION) == 0
          ? null
          : into.part(
              RowPart.VALIDATION,
              select(read.rows(), parts, RowPart.VALIDATION, own),
              "the validation rows of " + read.name());
    }
  }

  /** What {@link #read} has learnt from the rows that train. */
  Learnt learnt() {
    if (learnt == null) {
      throw new IllegalStateException("read() must come first");
    }
    return learnt;
  }

  private static ReadRows read(@Nullable ReadRows rows) {
    if (rows == null) {
      throw new IllegalStateException("read() must come first");
    }
    return rows;
  }

  private static String trainingName(ReadRows read, RowParts parts) {
    return parts.isSplit() ? "the training rows of " + read.name() : read.name();
  }

  /** Learns from some of the rows, and makes sure that no other has a class that they lack. */
  private PartReader learn(ReadRows read, RowParts parts, CodedRows training) {
    PartReader reader = learn(read.selection(), training, trainingName(read, parts));
    if (parts.isSplit()) {
      requireKnown(reader.labels(), read.labelled().select(read.rows(), store), read.name());
    }
    return reader;
  }

  private static Provenance.Data origin(DataSource source) {
    return new Provenance.Data(source.description(), source.fingerprint());
  }

  private DataSource open(RowPart part, DataSourceConfig config) {
    return DataSources.open(config, loaded.directory(), part.sourceSeed(run.seed()), store);
  }

  /** Reads a source, and checks row by row what the model can't have; nothing is learnt. */
  private CodedRows read(RowPart part, DataSource source, ColumnSelection selection) {
    List<CodedColumn> columns = new ArrayList<>(selection.codedColumns());
    if (current != null && part != RowPart.TEST) {
      columns.addAll(current.codings(source));
    }
    CodedRows rows = source.read(CodedRows.distinct(columns), store);
    LabelFitter.check(run, source.description(), rows);
    FloatMatrix weights = one(rows, selection.weight());
    if (weights != null) {
      RowWeights.check(weights, source.description());
    }
    return rows;
  }

  private RowParts split(DataSource source, ColumnSelection selection, CodedRows rows) {
    boolean stratified = run.data().split().isStratified(run.model());
    return RowSplit.of(
        run.data(),
        source,
        rows.rows(),
        stratified ? one(rows, selection.labels().get(0)) : null,
        run.seed());
  }

  /** Which training rows the model is measured on. */
  private SpreadRows measured(CodedRows training) {
    Integer wanted = run.report().trainingRows();
    return new SpreadRows(
        training.rows(), wanted == null ? training.rows() : Math.min(wanted, training.rows()));
  }

  /**
   * The first of the rows that the model is measured on, in memory of their own where the rows' own
   * is coded into.
   */
  private CodedRows head(CodedRows training, SpreadRows measured) {
    FloatMatrix head = measured.head(training.values(), RunData.HEAD_ROWS);
    return training.with(once && measured.isAll() ? head.copy() : head);
  }

  private CodedRows select(CodedRows rows, RowParts parts, RowPart part) {
    return select(rows, parts, part, store);
  }

  private static CodedRows select(CodedRows rows, RowParts parts, RowPart part, BlockStore into) {
    return rows.with(parts.select(rows.values(), part, into));
  }

  /** Leaves out the columns that turn out to be of no use. */
  private ColumnSelection looked(ColumnSelection wanted, CodedRows training) {
    ColumnSelection.Checked checked = wanted.afterReading(training);
    warnings.addAll(checked.warnings());
    return checked.selection();
  }

  private RowParts withoutDropped(
      RowParts parts, ColumnSelection selection, CodedRows rows, String name) {
    DroppedRows dropped = DroppedRows.of(selection.features(), rows);
    warnOfDropped(dropped, name);
    RowParts left = dropped.count() == 0 ? parts : parts.without(dropped::contains);
    if (left.rows(RowPart.TRAIN) == 0) {
      throw new DataException(
          "%s: no training row is left; give those that miss a value a stand-in with 'missing', or leave the column out"
              .formatted(name));
    }
    return left;
  }

  private PartReader learn(ColumnSelection selection, CodedRows training, String name) {
    FloatMatrix weights = one(training, selection.weight());
    if (weights != null) {
      RowWeights.check(weights, name);
    }
    FittedLabels labels = LabelFitter.fit(run, name, training);
    RowWeights rowWeights =
        RowWeights.fit(run.model(), labels, () -> labels.encode(training, name), weights, name);
    FittedFeatures features =
        FeatureFitter.fit(selection.features(), training, selection.integers());
    return new PartReader(
        selection,
        features,
        new FeatureCoder(features),
        labels,
        rowWeights,
        store,
        once,
        current == null ? Set.of() : EnumSet.of(RowPart.TRAIN, RowPart.VALIDATION));
  }

  private static void requireKnown(FittedLabels labels, CodedRows rows, String name) {
    try {
      labels.encode(rows, name);
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
      CodedRows rows,
      PartReader reader,
      String name) {
    if (own != null) {
      try (DataSource source = open(part, own)) {
        String ownName = source.description();
        source.hashAhead();
        CodedRows all = read(part, source, reader.selection());
        origins.put(part, origin(source));
        LabelledRows labelled = LabelledRows.of(all, run.label(), ownName);
        warnOfLabels(labelled, ownName);
        CodedRows known = labelled.select(all, store);
        DroppedRows dropped = DroppedRows.of(reader.selection().features(), known);
        warnOfDropped(dropped, ownName);
        CodedRows left = known.with(dropped.without(known.values(), store));
        if (!once) {
          ownRows.put(part, new OwnRows(ownName, left));
        }
        return reader.part(part, left, ownName);
      }
    }
    return parts.rows(part) == 0
        ? null
        : reader.part(
            part, select(rows, parts, part), "the " + part.adjective() + " rows of " + name);
  }

  private void warnOfLabels(LabelledRows labelled, String name) {
    if (labelled.missing() > 0) {
      warnings.add(name + ": " + labelled.warning());
    }
  }

  private void warnOfDropped(DroppedRows dropped, String name) {
    dropped
        .byColumn()
        .forEach(
            (column, count) ->
                warnings.add(
                    "%s: column '%s' misses a value in %d rows, which are left out"
                        .formatted(name, column, count)));
  }

  /** Of the columns that the config names: the others are left out already. */
  private void warnOfConstants(ColumnSelection selection, CodedRows training) {
    for (String constant : FeatureFitter.constantColumns(training)) {
      if (selection.features().containsKey(constant)) {
        warnings.add(
            "column '" + constant + "' has the same value in every row and can't explain anything");
      } else if (selection.labels().contains(constant) && !selection.hasClasses()) {
        warnings.add(
            "label '"
                + constant
                + "' has the same value in every row, so there is nothing to explain");
      }
    }
  }

  private static @Nullable FloatMatrix one(CodedRows rows, @Nullable String column) {
    if (column == null) {
      return null;
    }
    int index = rows.values().names().indexOf(column);
    return rows.values().columns(index, index + 1);
  }

  /**
   * Takes rows apart by what was learnt from the training rows.
   *
   * @param selection which columns are what
   * @param features how they become inputs
   * @param coder by them
   * @param labels what the labels mean
   * @param rowWeights of the classes
   * @param store keeps the features
   * @param once whether rows are of no more use once they are coded
   * @param kept the parts whose rows are kept as they were read, too
   */
  private record PartReader(
      ColumnSelection selection,
      FittedFeatures features,
      FeatureCoder coder,
      FittedLabels labels,
      RowWeights rowWeights,
      BlockStore store,
      boolean once,
      Set<RowPart> kept) {

    PartReader with(BlockStore other) {
      return new PartReader(selection, features, coder, labels, rowWeights, other, once, kept);
    }

    RowsOfPart part(RowPart part, CodedRows rows, String name) {
      FloatMatrix truth = labels.encode(rows, name);
      FloatMatrix weights = one(rows, selection.weight());
      if (weights != null) {
        RowWeights.check(weights, name);
      }
      FloatMatrix offsets = one(rows, selection.offset());
      boolean isKept = kept.contains(part);
      return new RowsOfPart(
          part,
          isKept ? rows : null,
          once && !isKept ? coder.codeInPlace(rows, store) : coder.code(rows, store),
          truth,
          weights,
          rowWeights.of(truth, weights),
          offsets);
    }
  }
}
