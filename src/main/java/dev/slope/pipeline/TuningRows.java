package dev.slope.pipeline;

import dev.slope.config.LoadedConfig;
import dev.slope.config.TuneConfig;
import dev.slope.data.BlockStore;
import dev.slope.data.DataException;
import dev.slope.data.RowFolds;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The rows of settings that read the same: read once, and learnt from anew for each fold. Closes
 * what keeps them.
 */
final class TuningRows implements AutoCloseable {
  /** What was read, and what is made of it for one fold. */
  private static final int STORES = 2;

  private final LoadedConfig loaded;
  private final Path models;
  private final boolean watched;
  private final BlockStore store;
  private final RunDataReader reader;
  private final RunData all;
  private final @Nullable RowFolds folds;
  private final List<RunDataReader.Learnt> learnt;

  /**
   * Reads.
   *
   * @param loaded any of the settings
   * @param tune how their rows are held out
   * @param models where a file of rows is, if one is needed
   * @param watched whether any of them stops by its validation rows
   * @param seed that draws the folds
   * @throws DataException where the rows can't be used, or none would measure
   */
  TuningRows(LoadedConfig loaded, TuneConfig tune, Path models, boolean watched, long seed) {
    this.loaded = loaded;
    this.models = models;
    this.watched = watched;
    this.store = newStore();
    try {
      this.reader = RunDataReader.again(loaded, store);
      this.all = reader.read();
      Integer count = tune.folds();
      this.folds =
          count == null ? null : reader.folds(count, tune.isStratified(loaded.run().model()), seed);
      this.learnt = folds == null ? List.of(reader.learnt()) : learn(folds);
      if (count == null && all.validation() == null) {
        throw new DataException(
            "%s: no row validates, so that nothing would compare settings; give /tune/folds, /data/validation or /data/split"
                .formatted(all.source()));
      }
    } catch (RuntimeException | Error e) {
      store.close();
      throw e;
    }
  }

  private List<RunDataReader.Learnt> learn(RowFolds of) {
    List<RunDataReader.Learnt> each = new ArrayList<>();
    for (int fold = 0; fold < of.count(); fold++) {
      try (BlockStore own = newStore()) {
        each.add(reader.learnFrom(of.heldOut(fold), own));
      }
    }
    return each;
  }

  /** The run's own rows: all of those that train, in one. */
  RunData all() {
    return all;
  }

  /** How many times some of the rows are held out: 1 where the validation rows measure. */
  int heldOutParts() {
    return folds == null ? 1 : folds.count();
  }

  /** How many rows measure, those of all folds together. */
  long heldOutRows() {
    return folds == null ? RunData.rows(all.validation()) : all.train().rows();
  }

  /**
   * What is learnt while some rows are held out; of all training rows where validation measures.
   */
  RunDataReader.Learnt learnt(int part) {
    return learnt.get(part);
  }

  /** What is learnt of all training rows. */
  RunDataReader.Learnt learntOfAll() {
    return reader.learnt();
  }

  /** The folds; null where the validation rows measure. */
  @Nullable RowFolds folds() {
    return folds;
  }

  /**
   * The rows that a setting learns from.
   *
   * @param part which rows are held out, from 0
   * @param own keeps them
   */
  RunData training(int part, BlockStore own) {
    return folds == null ? all : learnt(part).data(own, watched);
  }

  /**
   * The rows that a setting is measured on.
   *
   * @param part which rows are held out, from 0
   * @param own keeps them
   */
  RowsOfPart heldOut(int part, BlockStore own) {
    RowsOfPart validation = all.validation();
    if (folds != null) {
      return learnt(part).heldOut(own);
    }
    if (validation == null) {
      throw new IllegalStateException("a search without folds has validation rows");
    }
    return validation;
  }

  /** What keeps the rows of one part; closed before the next one's. */
  BlockStore newStore() {
    return RowMemory.store(loaded.run().training(), models, STORES);
  }

  @Override
  public void close() {
    store.close();
  }
}
