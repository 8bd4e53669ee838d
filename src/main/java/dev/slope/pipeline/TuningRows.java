package dev.slope.pipeline;

import dev.slope.config.LoadedConfig;
import dev.slope.config.TuneConfig;
import dev.slope.data.BlockStore;
import dev.slope.data.DataException;
import dev.slope.data.RowFolds;
import java.nio.file.Path;
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
      this.reader = new RunDataReader(loaded, store, null);
      this.all = reader.read();
      Integer count = tune.folds();
      this.folds =
          count == null ? null : reader.folds(count, tune.isStratified(loaded.run().model()), seed);
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
   * What a setting learns from and is measured on.
   *
   * @param part which rows are held out, from 0
   * @return to be closed before the next one
   */
  HeldOut heldOut(int part) {
    if (folds == null) {
      RowsOfPart validation = all.validation();
      if (validation == null) {
        throw new IllegalStateException("a search without folds has validation rows");
      }
      return new HeldOut(all, validation, newStore());
    }
    BlockStore own = newStore();
    try {
      RunData data = reader.learnFrom(folds.heldOut(part), own, watched);
      RowsOfPart rows = data.test();
      if (rows == null) {
        throw new IllegalStateException("a fold has rows");
      }
      return new HeldOut(data, rows, own);
    } catch (RuntimeException | Error e) {
      own.close();
      throw e;
    }
  }

  /**
   * Rows with some of them held out.
   *
   * @param data what is learnt from
   * @param rows those that measure
   * @param store keeps what trainings make of the rows
   */
  record HeldOut(RunData data, RowsOfPart rows, BlockStore store) implements AutoCloseable {
    @Override
    public void close() {
      store.close();
    }
  }

  private BlockStore newStore() {
    return RowMemory.store(loaded.run().training(), models, STORES);
  }

  @Override
  public void close() {
    store.close();
  }
}
