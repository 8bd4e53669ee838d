package dev.slope.export.savedmodel;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A LevelDB table of few entries: one data block, no compression, no shared key prefixes.
 *
 * <p>Format: github.com/google/leveldb, doc/table_format.md. A block is its entries, the offsets of
 * its restart points and their count, then a byte for "not compressed" and a masked CRC-32C. The
 * file is the data block, an empty meta-index block, an index block, and a footer of 48 bytes.
 */
final class LevelDbTable {
  private static final int FOOTER_HANDLES_BYTES = 40;
  private static final int MAGIC_LOW = 0x8b80fb57;
  private static final int MAGIC_HIGH = 0xdb477524;
  private static final ByteString UNCOMPRESSED = ByteString.copyFrom(new byte[] {0});

  private ByteString file = ByteString.EMPTY;

  private LevelDbTable() {}

  /** The bytes of a table. */
  static ByteString of(SortedMap<ByteString, ByteString> entries) {
    LevelDbTable table = new LevelDbTable();
    ByteString data = table.appendBlock(entries);
    ByteString metaIndex = table.appendBlock(newEntries());
    SortedMap<ByteString, ByteString> index = newEntries();
    index.put(entries.lastKey(), data);
    ByteString handles = metaIndex.concat(table.appendBlock(index));
    ByteString padding = ByteString.copyFrom(new byte[FOOTER_HANDLES_BYTES - handles.size()]);
    return table
        .file
        .concat(handles)
        .concat(padding)
        .concat(MaskedCrc32c.fixed32(MAGIC_LOW))
        .concat(MaskedCrc32c.fixed32(MAGIC_HIGH));
  }

  /** An empty map in the table's order of keys: bytes, unsigned. */
  static SortedMap<ByteString, ByteString> newEntries() {
    return new TreeMap<>(ByteString.unsignedLexicographicalComparator());
  }

  /** Appends a block whose every entry is a restart point, and returns its handle. */
  private ByteString appendBlock(SortedMap<ByteString, ByteString> entries) {
    ByteString block = ByteString.EMPTY;
    ByteString restarts = entries.isEmpty() ? MaskedCrc32c.fixed32(0) : ByteString.EMPTY;
    for (Map.Entry<ByteString, ByteString> entry : entries.entrySet()) {
      restarts = restarts.concat(MaskedCrc32c.fixed32(block.size()));
      ByteString lengths = varints(0, entry.getKey().size(), entry.getValue().size());
      block = block.concat(lengths).concat(entry.getKey()).concat(entry.getValue());
    }
    int restartCount = Math.max(1, entries.size());
    block = block.concat(restarts).concat(MaskedCrc32c.fixed32(restartCount));
    ByteString handle = varints(file.size(), block.size());
    ByteString stored = block.concat(UNCOMPRESSED);
    file = file.concat(stored).concat(MaskedCrc32c.fixed32(MaskedCrc32c.of(stored)));
    return handle;
  }

  /** Integers of 7 bits a byte, lowest first. */
  static ByteString varints(int... values) {
    ByteString.Output bytes = ByteString.newOutput();
    CodedOutputStream coded = CodedOutputStream.newInstance(bytes);
    try {
      for (int value : values) {
        coded.writeUInt32NoTag(value);
      }
      coded.flush();
    } catch (IOException e) {
      throw new UncheckedIOException("a write to memory does not fail", e);
    }
    return bytes.toByteString();
  }
}
