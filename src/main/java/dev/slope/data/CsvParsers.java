package dev.slope.data;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Parses a text file on all cores. What comes out is the same on any number of them. */
final class CsvParsers implements AutoCloseable {
  /** Chunks in flight for each parser: one is parsed while others wait, or are taken. */
  private static final int CHUNKS_A_PARSER = 3;

  private final DataFile file;
  private final CsvCells cells;
  private final List<CsvParser> parsers = new ArrayList<>();
  private final List<ExecutorService> threads = new ArrayList<>();

  /** Parsers of cells. */
  CsvParsers(DataFile file, CsvCells cells) {
    this.file = file;
    this.cells = cells;
    for (int i = 0; i < Runtime.getRuntime().availableProcessors(); i++) {
      parsers.add(new CsvParser(cells));
      threads.add(Executors.newSingleThreadExecutor(new DaemonThreads("slope-csv")));
    }
  }

  /** Takes chunks in the file's order. */
  @FunctionalInterface
  interface Taker {
    /** Takes the rows of a chunk, which is used again afterwards. */
    void take(CsvChunk chunk);
  }

  /** A chunk that is being parsed. */
  private record Pending(CsvChunk chunk, CompletableFuture<Void> parsed) {}

  /**
   * Parses the file up to its end or up to a row that is left to {@link CsvRows}.
   *
   * @param header whether the first line names the columns
   * @return whether it came to its end
   */
  boolean parse(boolean header, Taker taker) {
    Deque<CsvChunk> free = new ArrayDeque<>();
    Deque<Pending> pending = new ArrayDeque<>();
    try (InputStream in = file.open()) {
      CsvChunks chunks = new CsvChunks(in);
      int next = 0;
      while (true) {
        CsvChunk chunk =
            free.isEmpty() ? new CsvChunk(CsvChunks.CHUNK_BYTES, cells) : free.remove();
        chunk.header = header && next == 0;
        if (!chunks.fill(chunk)) {
          break;
        }
        pending.add(begin(chunk, next % parsers.size()));
        next++;
        if (pending.size() == CHUNKS_A_PARSER * parsers.size()
            && !takeFirst(pending, free, taker)) {
          return false;
        }
      }
      while (!pending.isEmpty()) {
        if (!takeFirst(pending, free, taker)) {
          return false;
        }
      }
      return chunks.isAtEnd();
    } catch (IOException e) {
      throw file.unreadable(e);
    }
  }

  private Pending begin(CsvChunk chunk, int parser) {
    return new Pending(
        chunk,
        CompletableFuture.runAsync(() -> parsers.get(parser).parse(chunk), threads.get(parser)));
  }

  private static boolean takeFirst(Deque<Pending> pending, Deque<CsvChunk> free, Taker taker) {
    Pending first = pending.remove();
    first.parsed().join();
    taker.take(first.chunk());
    free.add(first.chunk());
    return first.chunk().complete;
  }

  @Override
  public void close() {
    threads.forEach(ExecutorService::shutdownNow);
  }
}
