package dev.slope.data;

import dev.slope.config.Precision;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * Where blocks of rows are kept: in memory up to a limit, and beyond it in a file that is mapped
 * into memory, so that the operating system keeps what fits and writes out what doesn't. The file
 * has no name once it is open: whatever ends the process, nothing of it stays behind.
 */
public final class BlockStore implements AutoCloseable {
  /** So much of the disk stays free for others. */
  private static final long SPARE_BYTES = 64L << 20;

  private final Precision precision;
  private final long memoryBytes;
  private final Path directory;
  private final String remedy;
  private long usedBytes;
  private long fileBytes;
  private @Nullable FileChannel file;

  /**
   * A store.
   *
   * @param precision of the rows that are read into it
   * @param memoryBytes how much of the blocks may be in memory
   * @param directory where the file is, if one is needed; made where it is not there
   */
  public BlockStore(Precision precision, long memoryBytes, Path directory) {
    this(
        precision,
        memoryBytes,
        directory,
        "set /export/directory to a larger disk or /training/memory to more bytes");
  }

  private BlockStore(Precision precision, long memoryBytes, Path directory, String remedy) {
    this.precision = precision;
    this.memoryBytes = memoryBytes;
    this.directory = directory;
    this.remedy = remedy;
  }

  /**
   * A store of a command without a config, read in float32; its file is among the system's
   * temporary ones.
   *
   * @param memoryBytes how much of the blocks may be in memory
   */
  public static BlockStore temporary(long memoryBytes) {
    return new BlockStore(
        Precision.FLOAT32,
        memoryBytes,
        Path.of(System.getProperty("java.io.tmpdir")),
        "name a folder on a larger disk in SLOPE_JAVA_OPTS, as -Djava.io.tmpdir=FOLDER");
  }

  /** A store that keeps everything in memory, read in float32. */
  public static BlockStore inMemory() {
    return inMemory(Precision.FLOAT32);
  }

  /** A store that keeps everything in memory. */
  public static BlockStore inMemory(Precision precision) {
    return new BlockStore(precision, Long.MAX_VALUE, Path.of(""));
  }

  /** Of the rows that are read into it. */
  public Precision precision() {
    return precision;
  }

  /** How much of the blocks may be in memory. */
  public long memoryBytes() {
    return memoryBytes;
  }

  /**
   * A block of zeros in the store's own precision.
   *
   * @throws DataException where there is neither memory left nor room on the disk
   */
  public FloatBlock allocate(int rows, int columns) {
    return allocate(precision, rows, columns);
  }

  /**
   * A block of zeros.
   *
   * @throws DataException where there is neither memory left nor room on the disk
   */
  public FloatBlock allocate(Precision of, int rows, int columns) {
    long bytes = (long) rows * columns * of.bytes();
    // Several threads make blocks at once: what takes long is to fill them with zeros.
    return fitsIntoMemory(bytes)
        ? new FloatBlock(of, rows, columns)
        : FloatBlock.inFile(of, rows, columns, map(bytes));
  }

  private synchronized boolean fitsIntoMemory(long bytes) {
    boolean fits = bytes <= memoryBytes - usedBytes;
    // Once the file is needed everything goes there: a later, smaller block must not overtake.
    usedBytes = fits ? usedBytes + bytes : memoryBytes;
    return fits;
  }

  /** Whether any block is in the file. */
  public synchronized boolean hasSpilled() {
    return file != null;
  }

  private synchronized ByteBuffer map(long bytes) {
    try {
      if (file == null) {
        file = open();
      }
      if (Files.getFileStore(directory).getUsableSpace() < bytes + SPARE_BYTES) {
        throw new DataException(
            ("the rows take more than the %,d bytes of memory they may have, and there is no room for"
                    + " them in %s: free some space, or %s")
                .formatted(memoryBytes, directory, remedy));
      }
      ByteBuffer mapped = file.map(FileChannel.MapMode.READ_WRITE, fileBytes, bytes);
      fileBytes += bytes;
      return mapped;
    } catch (IOException e) {
      throw new DataException(
          "rows that don't fit into memory can't be written to %s: %s"
              .formatted(directory, e.getMessage()),
          e);
    }
  }

  private FileChannel open() throws IOException {
    Files.createDirectories(directory);
    Path path = Files.createTempFile(directory, ".rows-", ".cache");
    FileChannel opened = FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE);
    Files.delete(path);
    return opened;
  }

  /** Closes the file; blocks stay usable until the garbage collector takes the last of them. */
  @Override
  public synchronized void close() {
    if (file != null) {
      try {
        file.close();
      } catch (IOException e) {
        throw new DataException("the file of rows can't be closed: " + e.getMessage(), e);
      }
    }
  }
}
